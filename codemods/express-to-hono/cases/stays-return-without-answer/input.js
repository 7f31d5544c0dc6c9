const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  if (req.query.skip) return;
  res.json({});
});

module.exports = app;
