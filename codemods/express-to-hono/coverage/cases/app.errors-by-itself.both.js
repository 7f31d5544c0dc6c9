/*
member: app.use
variant: no error handler
requests: [GET /thrown, GET /status, GET /headers, GET /text, GET /none/%3Cb%3E]
*/
const express = require('express');

const app = express();
app.get('/thrown', () => {
  throw new Error('thrown');
});
app.get('/status', (req, res, next) => {
  next(Object.assign(new Error('gone'), { status: 410 }));
});
app.get('/headers', (req, res, next) => {
  res.set('X-Lost', '1');
  next(Object.assign(new Error('wait'), { statusCode: 429, headers: { 'Retry-After': '5' } }));
});
app.get('/text', (req, res, next) => {
  next('plain text');
});
app.listen(process.env.PORT);
