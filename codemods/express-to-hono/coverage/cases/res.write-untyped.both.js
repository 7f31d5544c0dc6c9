/*
member: res.write
variant: without a type
requests: [GET /bare, GET /typed]
*/
const express = require('express');

const app = express();
app.get('/bare', (req, res) => {
  res.write('first ');
  res.end();
});
app.get('/typed', (req, res) => {
  res.type('txt');
  res.write('first ');
  res.end('last');
});
app.listen(process.env.PORT);
