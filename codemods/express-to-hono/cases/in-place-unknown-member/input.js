const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  res.json({ version: req.httpVersion });
});

module.exports = app;
