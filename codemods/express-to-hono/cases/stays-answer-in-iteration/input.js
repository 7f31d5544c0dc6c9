const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  [1, 2].map((n) => res.json({ n }));
});

module.exports = app;
