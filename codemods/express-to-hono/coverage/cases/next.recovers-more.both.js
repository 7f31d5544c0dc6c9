/*
shape: 'error handlers that go on with `next()`: what fails behind them reaches the next one, a mounted router and the 404 handler answer'
requests:
  - GET /items/7?fail=early
  - GET /items/7
  - GET /items/7?fail=late
  - GET /items/7?fail=twice
  - GET /nothing?fail=early
  - GET /nothing
  - HEAD /items/7?fail=early
  - { POST: /items/9?fail=early, json: { a: 1 } }
  - GET /slow?fail=early
  - GET /slow?fail=fatal
  - GET /items/7/parts/3?fail=early
  - GET /page?fail=early
*/
const express = require('express');

class Fatal extends Error {}

const app = express();
app.use((req, res, next) => {
  res.set('X-First', 'yes');
  next();
});
app.use((req, res, next) => {
  if (req.query.fail === 'early') return next(new Error('early'));
  if (req.query.fail === 'twice') throw new Error('twice');
  if (req.query.fail === 'fatal') throw new Fatal('fatal');
  req.seen = 'all';
  next();
});
app.use(express.json());
app.get('/page', (req, res) => res.send('not for an early failure'));
app.use((error, req, res, next) => {
  if (error instanceof Fatal) return next(error);
  res.set('X-Recovered', error.message);
  if (error.message === 'twice') setImmediate(() => next());
  else next();
});
const items = express.Router({ mergeParams: true });
items.get('/:id/parts/:part', (req, res) =>
  res.json({ id: req.params.id, part: req.params.part, seen: req.seen ?? null }),
);
items.post('/:id', (req, res) =>
  res.status(201).json({ id: req.params.id, seen: req.seen ?? null }),
);
items.get('/:id', (req, res) => {
  if (/^(late|twice)$/.test(String(req.query.fail))) throw new TypeError('late');
  res.json({ id: req.params.id, seen: req.seen ?? null });
});
app.use('/items', items);
app.get('/slow', (req, res, next) => {
  setTimeout(() => {
    res.send('slow');
  }, 5);
});
app.use((error, req, res, next) => {
  if (error instanceof TypeError) {
    res.set('X-Second', error.message);
    next();
    return;
  }
  next(error);
});
app.use((req, res) => {
  res.status(404).send(`nothing at ${req.path}`);
});
app.use((error, req, res, next) => {
  res.status(500).json({ error: error.message });
});
app.listen(process.env.PORT);
