const express = require('express');

const app = express();

function check(req, res) {
  if (req.query.a) return true;
  res.status(400).json({ error: 'a' });
  return false;
}

app.get('/a', (req, res) => {
  if (!check(req, res)) return;
  res.json({});
});

module.exports = app;
