/*
shape: next('route')
requests: [GET /a, 'GET /a?skip=1']
*/
const express = require('express');

const app = express();
app.get(
  '/a',
  (req, res, next) => {
    if (req.query.skip) return next('route');
    next();
  },
  (req, res) => {
    res.send('first');
  },
);
app.get('/a', (req, res) => {
  res.send('second');
});
app.listen(process.env.PORT);
