/*
adversarial: something that is no Error is thrown
requests: [GET /text, GET /object, GET /null]
*/
const express = require('express');

const app = express();
app.get('/text', () => {
  throw 'a text';
});
app.get('/object', (req, res, next) => {
  next({ status: 400, message: 'an object' });
});
app.get('/null', (req, res, next) => {
  next(null);
});
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ err: err.message || String(err) });
});
app.listen(process.env.PORT);
