/*
member: res.send
requests: [GET /html, GET /object, GET /buffer, GET /none, GET /value/0, GET /value/1, GET /value/2, GET /value/3, GET /status, HEAD /html]
*/
const express = require('express');

const app = express();
app.get('/html', (req, res) => {
  res.send('<p>é</p>');
});
app.get('/object', (req, res) => {
  res.send({ a: 1 });
});
app.get('/buffer', (req, res) => {
  res.send(Buffer.from('bytes'));
});
app.get('/none', (req, res) => {
  res.send();
});
const values = ['text', { a: [] }, null, true];
app.get('/value/:index', (req, res) => {
  const value = values[req.params.index];
  res.send(value);
});
app.get('/status', (req, res) => {
  return res.status(400).send('bad');
});
app.listen(process.env.PORT);
