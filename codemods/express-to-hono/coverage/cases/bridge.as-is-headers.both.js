/*
shape: a middleware that changes headers of the request and goes on inside a function of a package
requests:
  - GET /id
  - { GET: /id, headers: { x-request-id: mine } }
  - { GET: /all, headers: { x-request-id: mine, x-other: kept } }
  - { GET: /all, headers: { x-language: de } }
  - { GET: /cached, headers: { if-none-match: '*' } }
  - { GET: /guarded, headers: { authorization: none } }
  - { GET: /guarded, headers: { x-token: let-me-in } }
  - { POST: /echo, json: { a: 1 }, headers: { x-request-id: posted } }
  - { POST: /echo, headers: { x-request-id: bad, content-type: application/json }, body: '{' }
  - GET /nowhere
*/
const { AsyncLocalStorage } = require('node:async_hooks');
const express = require('express');

const app = express();
const context = new AsyncLocalStorage();
let made = 0;

app.use((req, res, next) => {
  let id = req.headers['x-request-id'];
  if (!id) {
    id = `made-${++made}`;
    req.headers['x-request-id'] = id;
  }
  req.headers['x-language'] = String(req.headers['x-language'] || 'en').toUpperCase();
  res.setHeader('X-Request-Id', id);
  if (context.getStore()) {
    next();
    return;
  }
  context.run({ id }, next);
});
app.use((req, res, next) => {
  if (req.headers['x-token']) req.headers.authorization = `Bearer ${req.headers['x-token']}`;
  context.run({ ...context.getStore(), seen: true }, () => next());
});
app.use(express.json());

app.get('/id', (req, res) => {
  res.json({ header: req.get('x-request-id'), store: context.getStore(), language: req.headers['x-language'] });
});
app.get('/all', (req, res) => {
  const { 'x-request-id': id, 'x-other': other, 'x-language': language } = req.headers;
  res.json({ id: String(id).slice(0, 4), other, language });
});
app.get('/cached', (req, res) => res.json({ language: req.get('x-language') }));
app.get('/guarded', (req, res) => {
  if (req.get('authorization') !== 'Bearer let-me-in') return res.status(401).json({ denied: true });
  res.json({ ok: true });
});
app.post('/echo', (req, res) => {
  res.status(201).json({ body: req.body, id: req.get('x-request-id'), store: context.getStore() });
});
app.listen(process.env.PORT);
