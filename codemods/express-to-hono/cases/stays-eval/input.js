const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  eval('req.url');
  res.json({});
});

module.exports = app;
