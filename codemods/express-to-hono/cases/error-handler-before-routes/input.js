const express = require('express');

const app = express();

app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message });
});
app.get('/a', (req, res) => res.json({}));

module.exports = app;
