const express = require('express');

const app = express();

const repo = require('./repo');

app.get('/a', (req, res, next) => {
  repo.all().then((rows) => res.json(rows)).catch(next);
});

app.get('/b', (req, res) => {
  repo
    .find(req.query.id)
    .then((row) => {
      if (!row) return res.status(404).json({ error: 'none' });
      return res.json(row);
    })
    .catch((err) => res.status(500).json({ error: err.message }));
});

module.exports = app;
