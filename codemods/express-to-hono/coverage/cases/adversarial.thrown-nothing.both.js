/*
adversarial: what is thrown is nothing
requests: [GET /null, GET /undefined, GET /zero]
*/
const express = require('express');

const app = express();
app.get('/null', () => {
  throw null;
});
app.get('/undefined', () => {
  throw undefined;
});
app.get('/zero', () => {
  throw 0;
});
app.get('/zero', (req, res) => {
  res.json('went on');
});
app.use((err, req, res, next) => {
  res.status(500).json({ caught: String(err) });
});
app.listen(process.env.PORT);
