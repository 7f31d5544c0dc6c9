/*
shape: middleware that stays as it is, before routes that become Hono's and one that cannot
requests:
  - GET /open
  - { GET: /open, headers: { X-Request-Id: mine } }
  - GET /kept
  - { GET: /kept, headers: { Authorization: Bearer ada, X-Request-Id: mine } }
  - GET /orders
  - { GET: /orders, headers: { Authorization: Bearer ada } }
  - { GET: /orders, headers: { Authorization: Bearer bad } }
  - { HEAD: /orders, headers: { Authorization: Bearer ada } }
  - { GET: /orders/7, headers: { Authorization: Bearer ada, X-Request-Id: mine } }
  - GET /orders/7
  - { POST: /orders, headers: { Authorization: Bearer ada }, json: { item: 'pen' } }
  - { POST: /orders, headers: { Authorization: Bearer ada, Content-Type: application/json }, body: '{' }
  - { POST: /orders, json: { item: 'pen' } }
  - GET /fail
  - { GET: /fail, headers: { Authorization: Bearer ada } }
  - GET /none
*/
const { AsyncLocalStorage } = require('node:async_hooks');
const express = require('express');

const app = express();
const context = new AsyncLocalStorage();
let seen = 0;
let made = 0;

// It changes headers of the request, and goes on inside a function of Node's.
const identify = (req, res, next) => {
  if (!req.headers['x-request-id']) req.headers['x-request-id'] = `made-${++made}`;
  res.setHeader('X-Request-Id', req.headers['x-request-id']);
  context.run({ id: req.headers['x-request-id'] }, next);
};

// Code goes on after next(): it finds a token, and does nothing.
function protect(req, res, next) {
  const header = req.headers.authorization;
  let token;
  if (header && header.startsWith('Bearer')) {
    token = header.split(' ')[1];
    if (token === 'bad') {
      res.status(403).json({ message: 'not a token' });
      return;
    }
    req.user = { name: token };
    res.set('X-Seen', String((seen += 1)));
    next();
  }
  if (!token) res.status(401).json({ message: 'no token' });
}

app.use(identify);
app.use(express.json());
app.get('/open', (req, res) => res.json({ id: req.get('x-request-id'), store: context.getStore() }));
app.get('/kept', protect, (req, res) => {
  const held = { res };
  held.res.json({ of: req.user.name, store: context.getStore() });
});
app.get('/orders', protect, (req, res) => res.json({ orders: [], of: req.user.name }));
app.post('/orders', protect, (req, res) => res.status(201).json({ made: req.body.item, of: req.user }));
app.get('/orders/:id', protect, (req, res) => {
  res.json({ id: req.params.id, of: req.user, store: context.getStore() });
});
app.get('/fail', protect, (req) => {
  throw new Error(`failed for ${req.user.name}`);
});
app.use((error, req, res, next) => {
  res.status(error.status || 500).json({ error: error.type || error.message, id: req.get('x-request-id') });
});
app.listen(process.env.PORT);
