/*
member: res.type
requests: [GET /a, GET /b, GET /c, GET /d]
*/
const express = require('express');

const app = express();
app.get('/a', (req, res) => {
  res.type('.html').send('a');
});
app.get('/b', (req, res) => {
  res.type('json').send('{"a":1}');
});
app.get('/c', (req, res) => {
  res.type('image/png');
  res.send(Buffer.from('x'));
});
app.get('/d', (req, res) => {
  res.contentType('xml').send('<a/>');
});
app.listen(process.env.PORT);
