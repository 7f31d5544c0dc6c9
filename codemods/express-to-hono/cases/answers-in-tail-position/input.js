const express = require('express');

const app = express();

app.get('/a', (req, res) => res.json({ id: req.params.id }));

app.get('/b/:id', (req, res) => {
  if (!req.params.id) {
    res.status(400).json({ error: 'id' });
  } else {
    res.json({ id: req.params.id }); // found
  }
});

app.get('/c', (req, res) => {
  if (req.query.q) {
    res.send('<p>yes</p>');
    return;
  }
  res.status(204).end();
});

module.exports = app;
