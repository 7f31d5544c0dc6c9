/*
adversarial: a type set before Express itself answers
requests: [GET /kept, GET /bytes]
*/
const express = require('express');

const app = express();
app.use('/kept', (req, res, next) => {
  res.type('html');
  next();
});
app.use('/kept', (req, res) => {
  const answer = [res];
  answer[0].send(Buffer.from('raw bytes'));
});
app.use('/bytes', (req, res, next) => {
  res.set('Content-Type', 'text/csv');
  next();
});
app.get('/bytes', (req, res) => {
  res.send(Buffer.from('1;2'));
});
app.listen(process.env.PORT);
