/*
member: app.enabled
requests: [GET /]
*/
const express = require('express');

const app = express();
app.enable('trust proxy');
app.get('/', (req, res) => {
  res.json([app.enabled('trust proxy'), app.enabled('x-powered-by')]);
});
app.listen(process.env.PORT);
