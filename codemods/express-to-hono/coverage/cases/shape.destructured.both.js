/*
shape: req destructured
requests: ['GET /1?q=2', { POST: /1, json: { a: 1 } }]
*/
const express = require('express');

const app = express();
app.use(express.json());
app.get('/:id', ({ params, query }, res) => {
  res.json({ id: params.id, q: query.q });
});
app.post('/:id', (req, res) => {
  const { body, params: { id } } = req;
  res.json({ id, body });
});
app.listen(process.env.PORT);
