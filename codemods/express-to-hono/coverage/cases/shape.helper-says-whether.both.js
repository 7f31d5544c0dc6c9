/*
shape: helpers that answer, and say by what they return whether they have
requests:
  - { POST: /notes, json: { title: a, text: b } }
  - { POST: /notes, json: { title: a } }
  - { PUT: /notes/1, json: { title: a, text: b } }
  - { PUT: /notes/1, json: {} }
  - { PUT: /notes/none, json: { title: a, text: b } }
  - GET /secret
  - { GET: /secret, headers: { X-Key: k } }
  - { GET: /secret, headers: { X-Key: other } }
*/
const express = require('express');

const app = express();
app.use(express.json());

const hasFields = (req, res, fields) => {
  const missing = fields.filter((field) => !req.body[field]);
  if (missing.length > 0) {
    res.status(400).json({ missing });
    return false;
  }
  return true;
};

async function isKnown(res, id) {
  const found = await Promise.resolve(id !== 'none');
  if (!found) {
    res.status(404);
    res.json({ unknown: id });
    return;
  }
  return true;
}

function isRefused(req, res) {
  switch (req.get('x-key')) {
    case 'k':
      return false;
    case undefined:
      res.sendStatus(401);
      return true;
  }
  if (req.get('x-key') !== 'l') {
    res.status(403).send('no');
    return true;
  }
}

app.post('/notes', (req, res) => {
  if (!hasFields(req, res, ['title', 'text'])) return;
  res.status(201).json(req.body);
});
app.put('/notes/:id', async (req, res) => {
  if (!hasFields(req, res, ['title'])) return;
  if (!(await isKnown(res, req.params.id))) {
    return;
  }
  res.json({ id: req.params.id });
});
app.get('/secret', (req, res) => {
  if (isRefused(req, res)) return;
  res.send('secret');
});
app.listen(process.env.PORT);
