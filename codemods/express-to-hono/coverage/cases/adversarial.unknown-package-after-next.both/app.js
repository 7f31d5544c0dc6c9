/*
adversarial: a package nobody compared
variant: it goes on after next()
requests:
  - GET /sync
  - GET /seen
  - GET /async
  - GET /seen
  - GET /created
  - GET /seen
  - GET /api/1
  - GET /seen
  - { POST: /body, body: '{"a":1}', type: application/json }
  - GET /seen
  - GET /broken
  - GET /seen
  - GET /throws
  - GET /throws/late
  - GET /fails
  - GET /fails/late
  - GET /twice
  - GET /seen
*/
const express = require('express');
const counts = require('counts-after');

const app = express();
const api = express.Router();
const order = [];
app.use(counts());
app.use(express.json());
app.use((req, res, next) => {
  order.push('in');
  req.by = 'me';
  next();
  order.push('out');
});
app.get('/sync', (req, res) => {
  order.push('sync');
  res.locals.by = 'sync';
  res.send(String(counts.read().open));
});
app.get('/async', async (req, res) => {
  order.push('async');
  await new Promise((resolve) => setTimeout(resolve, 5));
  order.push('awaited');
  res.json(counts.read().open);
});
app.get('/created', (req, res) => {
  res.status(201).json({ made: true });
});
app.post('/body', (req, res) => {
  order.push('body');
  res.json(req.body);
});
api.get('/:id', (req, res) => {
  res.status(202).json([req.params.id, req.url, req.baseUrl]);
});
app.use('/api', api);
app.get('/broken', (req, res) => {
  throw new Error('broken');
});
app.get(['/throws', '/fails', '/twice'], (req, res) => {
  res.json('answered');
});
app.get(['/throws/late', '/fails/late'], (req, res) => {
  setTimeout(() => {
    if (!res.headersSent) res.json('answered late');
  }, 5);
});
app.get('/seen', (req, res) => {
  res.json([counts.read(), order.splice(0)]);
});
app.use((err, req, res, next) => {
  if (res.headersSent) return;
  res.status(err.status || 500).json({ error: err.message, order: order.splice(0) });
});
app.listen(process.env.PORT);
