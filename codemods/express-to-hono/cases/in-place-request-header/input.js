const express = require('express');

const app = express();

app.use((req, res, next) => {
  delete req.headers['x-request-id'];
  next();
});
app.get('/id', (req, res) => res.send(req.get('x-request-id')));
app.get('/items/:id', (req, res) => res.json({ id: req.params.id }));

module.exports = app;
