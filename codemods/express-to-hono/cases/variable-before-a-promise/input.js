const express = require('express');
const db = require('./db');

const app = express();

app.use(express.json());
app.post('/users', (req, res, next) => {
  db.hash(req.body.password, (err, hash) => {
    if (err) return next(err);
    db.run('INSERT', [req.body.name, hash], (err) => {
      if (err) return next(err);
      res.status(201).json({ name: req.body.name });
    });
  });
});

module.exports = app;
