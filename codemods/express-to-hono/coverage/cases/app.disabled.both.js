/*
member: app.disabled
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.json([app.disabled('trust proxy'), app.disabled('etag')]);
});
app.listen(process.env.PORT);
