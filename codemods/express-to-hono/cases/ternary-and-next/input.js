const express = require('express');

const app = express();

const find = (id) => Promise.resolve(id > 3 ? { id } : null);

app.get('/a/:id', (req, res, next) => {
  find(Number(req.params.id))
    .then((row) => (row ? res.json(row) : next(new Error('no such row'))))
    .catch(next);
});

app.get('/b', (req, res) => {
  req.query.a ? res.json({ a: 1 }) : res.status(404).json({ a: 0 });
});

app.get('/c', (req, res) => {
  setTimeout(() => res.json({ later: true }), 10);
});

module.exports = app;
