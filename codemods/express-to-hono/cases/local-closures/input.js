const express = require('express');

const app = express();

app.post('/a', express.json(), (req, res) => {
  const refuse = (message) => res.status(422).json({ message });
  if (!req.body.a) return refuse('a');
  if (!req.body.b) {
    refuse('b');
    return;
  }
  res.json(req.body);
});

module.exports = app;
