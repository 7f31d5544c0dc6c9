/*
member: res.write
variant: without a type, beside a middleware that may set one
requests: [GET /bare, GET /typed, GET /piped, { GET: /bare, headers: { X-Text: '1' } }]
*/
const { Readable } = require('node:stream');
const express = require('express');

const app = express();
app.use((req, res, next) => {
  if (req.get('x-text')) res.type('html');
  next();
});
app.get('/bare', (req, res) => {
  res.write('first ');
  res.end();
});
app.get('/typed', (req, res) => {
  res.type('txt');
  res.write('first ');
  res.end('last');
});
app.get('/piped', (req, res) => {
  Readable.from(['a', 'b']).pipe(res);
});
app.listen(process.env.PORT);
