const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  const held = { res };
  held.res.json({});
});

module.exports = app;
