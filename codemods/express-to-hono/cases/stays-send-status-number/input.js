const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  res.send(404);
});

module.exports = app;
