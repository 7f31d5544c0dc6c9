/*
adversarial: req and res.locals set after next()
requests: [GET /once, GET /late, GET /missing]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  req.first = 'first';
  next();
  req.second = 'second';
  res.locals.third = 'third';
  if (!res.headersSent) res.status(202);
});
app.get('/once', (req, res) => {
  res.json([req.first, req.second, res.locals.third]);
});
app.get('/late', (req, res) => {
  setTimeout(() => res.json([req.first, req.second, res.locals.third]), 5);
});
app.listen(process.env.PORT);
