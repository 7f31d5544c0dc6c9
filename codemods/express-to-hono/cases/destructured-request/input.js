const express = require('express');

const app = express();

app.use(express.json());

app.post('/a/:id', ({ body, params: { id } }, res) => {
  res.json({ id, body });
});

app.post('/b', (req, res) => {
  const { body, query: { deep } } = req;
  const { authorization } = req.headers;
  res.json({ body, deep, authorization });
});

app.get('/c', ({ query }, res) => res.json(query));

module.exports = app;
