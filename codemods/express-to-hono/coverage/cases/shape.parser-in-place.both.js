/*
shape: a middleware that calls a parser for all paths but one, as webhooks that check a signature ask for
requests:
  - { POST: /orders, json: { a: 1 } }
  - { POST: /webhook, json: { a: 1 } }
  - { POST: /orders, body: '{"a":', headers: { Content-Type: application/json } }
  - { POST: /form, body: 'a=1&b[c]=2', headers: { Content-Type: application/x-www-form-urlencoded } }
  - { PUT: /orders, json: { b: 2 } }
  - GET /orders
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  if (req.originalUrl === '/webhook') {
    next();
  } else {
    express.json()(req, res, next);
  }
});
const form = express.urlencoded({ extended: true });
app.use((req, res, next) => {
  if (req.path.startsWith('/form')) return form(req, res, next);
  next();
});
app.post('/webhook', express.raw({ type: 'application/json' }), (req, res) => {
  res.json({ raw: Buffer.isBuffer(req.body), text: req.body.toString() });
});
app.all('/orders', (req, res) => {
  res.json({ body: req.body ?? null });
});
app.post('/form', (req, res) => {
  res.json({ form: req.body ?? null });
});
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ error: err.type });
});
app.listen(process.env.PORT);
