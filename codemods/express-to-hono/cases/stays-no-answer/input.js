const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  if (req.query.a) {
    res.json({});
  }
});

module.exports = app;
