/*
member: res.json
requests: [GET /object, GET /array, GET /null, GET /text, GET /number, GET /undefined, GET /date, 'HEAD /object', { GET: /object, headers: { If-None-Match: 'W/"d-pedE0BZFQNM7HX6mFsKPL6l+dUo"' } }]
*/
const express = require('express');

const app = express();
app.get('/object', (req, res) => {
  res.json({ a: 'é', b: undefined });
});
app.get('/array', (req, res) => res.json([1, 2]));
app.get('/null', (req, res) => {
  return res.json(null);
});
app.get('/text', (req, res) => {
  res.json('text');
});
app.get('/number', (req, res) => {
  res.json(5);
});
app.get('/undefined', (req, res) => {
  res.json(undefined);
});
app.get('/date', (req, res) => {
  res.json({ at: new Date(0), big: { toJSON: () => 'big' } });
});
app.listen(process.env.PORT);
