/*
member: res.statusCode
requests: [GET /, GET /default]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.statusCode = 404;
  res.send('status ' + res.statusCode);
});
app.get('/default', (req, res) => {
  res.json({ status: res.statusCode });
});
app.listen(process.env.PORT);
