/*
shape: parsers around a webhook
requests:
  - { POST: /webhook, json: { type: paid }, headers: { Stripe-Signature: good } }
  - { POST: /webhook, json: { type: paid }, headers: { Stripe-Signature: bad } }
  - { POST: /webhook, body: '{"a":', type: application/json, headers: { Stripe-Signature: good } }
  - { POST: /api/notes, json: { title: a } }
  - { POST: /api/notes, body: '{"a":', type: application/json }
  - { POST: /api/notes, body: '[1', type: application/json, headers: { Accept: application/json } }
  - { POST: /api/notes, body: 'title=b', type: application/x-www-form-urlencoded }
  - { POST: /api/large, json: { long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx } }
*/
const express = require('express');

const app = express();
const events = { read: (body, signature) => {
  if (signature !== 'good') throw new Error('No signatures found matching the expected signature');
  return JSON.parse(body.toString());
} };
app.post('/webhook', express.raw({ type: 'application/json' }), (req, res) => {
  let event;
  try {
    event = events.read(req.body, req.headers['stripe-signature']);
  } catch (err) {
    return res.status(400).send(err instanceof SyntaxError ? 'no JSON' : `Webhook Error: ${err.message}`);
  }
  res.json({ received: true, type: event.type });
});
app.use(express.json({ limit: 100 }));
app.use(express.urlencoded({ extended: true }));
app.use((err, req, res, next) => {
  if (err instanceof SyntaxError && err.status === 400 && 'body' in err) {
    return res.status(400).json({ error: 'Malformed JSON', body: err.body });
  }
  next(err);
});
app.post('/api/notes', (req, res) => {
  res.status(201).json(req.body);
});
app.post('/api/large', (req, res) => {
  res.json({ size: JSON.stringify(req.body).length });
});
app.use((err, req, res, next) => {
  if (res.headersSent) {
    return next(err);
  }
  const status = err.statusCode || 500;
  res.status(status).json({ status, type: err.type, message: err.message });
});
app.listen(process.env.PORT);
