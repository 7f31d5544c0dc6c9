const express = require('express');

const app = express();

app.get('/a', (req, res, next) => {
  if (req.query.skip) return next('route');
  res.json({});
});

module.exports = app;
