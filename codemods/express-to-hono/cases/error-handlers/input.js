const express = require('express');

const app = express();

app.get('/a', () => {
  throw new Error('a');
});

app.use((req, res) => {
  res.status(404).json({ error: 'none', path: req.path });
});

app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  if (!err.expose) return next(err);
  res.status(err.status || 500).json({ error: err.message });
});

module.exports = app;
