/*
member: res.attachment
variant: what is streamed has no type
requests: [GET /unnamed, GET /bare, GET /named]
*/
const express = require('express');
const { Readable } = require('node:stream');

const app = express();
app.get('/unnamed', (req, res) => {
  res.attachment();
  Readable.from(['one ', 'two']).pipe(res);
});
app.get('/bare', (req, res) => {
  res.attachment('notes');
  res.write('first ');
  res.end('last');
});
app.get('/named', (req, res) => {
  res.attachment('notes.csv');
  Readable.from(['a,b']).pipe(res);
});
app.listen(process.env.PORT);
