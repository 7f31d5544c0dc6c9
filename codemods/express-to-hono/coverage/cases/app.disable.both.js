/*
member: app.disable
requests: [GET /]
*/
const express = require('express');

const app = express();
app.disable('x-powered-by');
app.get('/', (req, res) => {
  res.send('quiet');
});
app.listen(process.env.PORT);
