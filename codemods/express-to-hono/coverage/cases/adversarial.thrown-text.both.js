/*
adversarial: a text that is thrown, read by an error handler as an Error
requests: [GET /text, GET /object, GET /error, GET /handed]
*/
const express = require('express');

const app = express();
app.get('/text', () => {
  throw 'just text';
});
app.get('/object', () => {
  throw { status: 422 };
});
app.get('/handed', (req, res, next) => {
  next(`at ${req.path}`);
});
app.get('/error', () => {
  throw new Error('an error');
});
app.use((err, req, res, next) => {
  res.send([typeof err, err.message, err instanceof Error].join());
});
app.listen(process.env.PORT);
