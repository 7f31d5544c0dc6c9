const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  if (req.query.a) res.json({ a: 1 });
  res.json({ b: 2 });
});

module.exports = app;
