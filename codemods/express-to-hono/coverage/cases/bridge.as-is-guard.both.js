/*
shape: a guard of the application that stays as it is
requests:
  - GET /
  - GET /orders
  - { GET: /orders, headers: { Authorization: Bearer ada } }
  - { GET: /orders, headers: { Authorization: Bearer bad } }
  - { GET: /ORDERS, headers: { Authorization: Bearer bad } }
  - { HEAD: /orders }
  - { OPTIONS: /orders }
  - { GET: /orders/7, headers: { Authorization: Bearer ada, X-Trace: t1 } }
  - GET /orders/7
  - { POST: /orders, headers: { Authorization: Bearer ada }, json: { item: 'pen' } }
  - { POST: /orders, json: { item: 'pen' } }
  - GET /fail
  - { GET: /fail, headers: { X-Kind: teapot } }
  - GET /none
*/
const express = require('express');

const app = express();
const orders = express.Router();
let seen = 0;

// Code goes on after next(): it finds a token, and does nothing.
const protect = (req, res, next) => {
  const header = req.headers.authorization;
  let token;
  if (header && header.startsWith('Bearer')) {
    token = header.split(' ')[1];
    if (token === 'bad') {
      deny(res, 'not a token');
      return;
    }
    req.user = { name: token, trace: req.get('X-Trace') || null, place: req.baseUrl + req.path };
    res.set('X-Seen', String((seen += 1)));
    next();
  }
  if (!token) {
    deny(res, 'no token');
  }
};

function deny(res, message) {
  res.status(401).json({ message });
}

// It answers, and hands the error on.
app.use(express.json());
app.get('/', (req, res) => res.json({ open: true }));
orders
  .route('/')
  .get(protect, (req, res) => res.json({ orders: [], of: req.user.name }))
  .post(protect, (req, res) => res.status(201).json({ made: req.body.item, of: req.user }));
orders.get('/:id', protect, (req, res) => res.json({ id: req.params.id, of: req.user }));
app.use('/orders', orders);
app.get('/fail', (req, res) => {
  const error = new Error(req.get('X-Kind') || 'failed');
  throw error;
});
app.use((error, req, res, next) => {
  const status = error.message === 'teapot' ? 418 : 500;
  res.status(status).json({ error: error.message, path: req.path });
  return next(error);
});
app.listen(process.env.PORT);
