/*
member: res.status
requests: [GET /201, GET /var, GET /chain, GET /304]
*/
const express = require('express');

const app = express();
app.get('/201', (req, res) => {
  res.status(201);
  res.json({ made: true });
});
app.get('/var', (req, res) => {
  const status = req.query.s ? 400 : 202;
  res.status(status).json({ status });
});
app.get('/chain', (req, res) => {
  res.status(418).set('X-Pot', 'tea').type('txt').send('teapot');
});
app.get('/304', (req, res) => {
  res.status(304).send('x');
});
app.listen(process.env.PORT);
