/*
adversarial: a header set after next(), for handlers that answer late
requests: [GET /late, GET /once]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  next();
  if (!res.headersSent) res.set('X-Late', 'yes');
});
app.get('/once', (req, res) => {
  res.json('at once');
});
app.get('/late', (req, res) => {
  setTimeout(() => res.json('late'), 5);
});
app.listen(process.env.PORT);
