const express = require('express');

const app = express();

app.get('/a', function (req, res) {
  res.json({ count: arguments.length });
});

module.exports = app;
