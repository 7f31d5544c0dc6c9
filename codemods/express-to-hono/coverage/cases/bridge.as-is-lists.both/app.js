/*
shape: lists of middleware and of error handlers from modules of their own, which the tests use as well, and a `res.send` that keeps what nobody reads
requests:
  - GET /fine
  - { GET: /fine, headers: { x-request-id: mine } }
  - { POST: /echo, json: { a: 1 } }
  - { POST: /echo, body: '{bad', headers: { Content-Type: application/json } }
  - GET /fails
  - GET /odd
  - GET /nowhere
*/
const express = require('express');
const logged = require('./logged');
const ends = require('./ends');

const app = express();
app.use(express.json());
app.use(logged);
app.get('/fine', (req, res) => {
  res.json({ id: req.headers['x-request-id'], fine: true });
});
app.post('/echo', (req, res) => {
  res.status(201).send(req.body);
});
app.get('/fails', (req, res, next) => {
  next(new RangeError('as it should'));
});
app.get('/odd', () => {
  throw new TypeError('odd');
});
app.use(ends());
app.listen(process.env.PORT);
