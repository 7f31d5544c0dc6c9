/*
member: res.status
variant: what is sent cannot be made, without an error handler
requests: [GET /404, GET /201, GET /send, GET /await]
*/
const express = require('express');

const app = express();
const fail = () => {
  const error = new Error('no row');
  error.stack = 'no row';
  throw error;
};
const later = async () => fail();
app.get('/404', (req, res) => res.status(404).json(fail()));
app.get('/201', (req, res) => res.status(201).json({ row: fail() }));
app.get('/send', (req, res) => {
  res.status(422).send(`row ${fail()}`);
});
app.get('/await', async (req, res, next) => {
  try {
    res.status(409).json(await later());
  } catch (err) {
    next(err);
  }
});
app.listen(process.env.PORT);
