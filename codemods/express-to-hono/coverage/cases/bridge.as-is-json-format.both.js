/*
shape: a guard that stays as it is and a package, where JSON has a format of its own
packages: [express-rate-limit]
mask: ['RateLimit-Reset: \d+', 'Retry-After: \d+']
requests:
  - GET /limited
  - GET /limited
  - GET /sent
  - GET /sent
  - GET /text
  - GET /text
  - GET /orders
  - { GET: /orders, headers: { Authorization: sent } }
  - { GET: /orders, headers: { Authorization: list } }
  - { GET: /orders, headers: { Authorization: text } }
  - { GET: /orders, headers: { Authorization: 'null' } }
  - { GET: /orders, headers: { Authorization: bytes } }
  - { GET: /orders, headers: { Authorization: 'true' } }
  - { GET: /orders, headers: { Authorization: nothing } }
  - { HEAD: /orders }
  - { GET: /orders, headers: { Authorization: Bearer ada } }
*/
const express = require('express');
const { rateLimit } = require('express-rate-limit');

const app = express();
app.set('json spaces', 2);
app.set('json replacer', ['message', 'of', 'limit']);
const once = (options) => rateLimit({ windowMs: 60000, limit: 1, ...options });

const WORDS = {
  sent: { message: 'sent', hidden: true },
  list: [{ of: 1, hidden: 2 }],
  text: '{ "as": "text" }',
  null: null,
  true: true,
};

// Code goes on after next(): it finds a token, and does nothing.
const protect = (req, res, next) => {
  const header = req.headers.authorization;
  let token;
  if (header && header.startsWith('Bearer')) {
    token = header.split(' ')[1];
    req.user = { of: token, hidden: true };
    next();
  }
  if (!token) {
    deny(res, header);
  }
};

function deny(res, header) {
  if (header === 'bytes') return res.status(401).send(Buffer.from('raw'));
  if (header === 'nothing') return res.status(401).json();
  if (header) return res.status(401).send(WORDS[header]);
  return res.status(401).json({ message: 'no token', hidden: true });
}

app.get('/limited', once({ message: { message: 'too many', hidden: 1 } }), (req, res) => {
  res.json({ message: 'first', hidden: 1 });
});
app.get(
  '/sent',
  once({ handler: (req, res) => res.status(429).json({ limit: 1, of: { hidden: 2, limit: [] } }) }),
  (req, res) => {
    res.send({ of: null, hidden: 1 });
  },
);
app.get('/text', once({}), (req, res) => {
  res.send('text');
});
app.get('/orders', protect, (req, res) => {
  res.json({ of: req.user });
});
app.listen(process.env.PORT);
