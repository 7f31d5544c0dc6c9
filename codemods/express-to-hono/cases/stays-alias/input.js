const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  const out = res;
  out.json({});
});

module.exports = app;
