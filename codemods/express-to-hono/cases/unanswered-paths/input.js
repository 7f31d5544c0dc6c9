const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  if (req.params.a === 'a') {
    res.json({});
  }
});
app.get('/b', (req, res) => {
  if (req.params.b === 'b') return;
  res.json({});
});
app.get('/c', (req, res, next) => {
  if (req.params.c === 'c') {
    next();
  } else if (req.params.c === 'd') {
    res.json({});
  }
});

module.exports = app;
