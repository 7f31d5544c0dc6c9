/*
member: app.use
variant: error handlers
requests: [GET /sync, GET /next, GET /status, GET /none]
*/
const express = require('express');

const app = express();
app.get('/sync', () => {
  throw new Error('sync');
});
app.get('/next', (req, res, next) => {
  next(new Error('next'));
});
app.get('/status', (req, res, next) => {
  const error = new Error('teapot');
  error.status = 418;
  next(error);
});
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ error: err.message });
});
app.listen(process.env.PORT);
