const express = require('express');
const { randomUUID } = require('node:crypto');

const app = express();

app.use((req, res, next) => {
  req.headers['x-request-id'] = req.headers['x-request-id'] || randomUUID();
  next();
});
app.get('/id', (req, res) => res.send(req.get('x-request-id')));
app.get('/items/:id', (req, res) => res.json({ id: req.params.id }));

module.exports = app;
