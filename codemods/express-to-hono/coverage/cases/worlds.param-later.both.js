/*
shape: a parameter is guarded after the routes it guards
requests:
  - GET /notes/1
  - { GET: /notes/1, headers: { X-Key: k } }
  - GET /notes/1/parts
  - GET /free
  - OPTIONS /free
*/
const express = require('express');

const app = express();
app.get('/free', (req, res) => {
  res.json('free');
});
app.get('/notes/:id', (req, res) => {
  res.json({ id: req.params.id });
});
app.get('/notes/:id/parts', (req, res) => {
  res.json({ parts: req.params.id });
});
app.param('id', (req, res, next) => {
  const held = { res };
  if (req.get('x-key') !== 'k') return held.res.status(401).send('no key');
  next();
});
app.listen(process.env.PORT);
