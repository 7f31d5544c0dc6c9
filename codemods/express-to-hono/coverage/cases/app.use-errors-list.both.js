/*
member: app.use
requests: [GET /a, GET /boom, GET /none, POST /a]
*/
const express = require('express');

const app = express();
const errors = () => [
  (req, res, next) => {
    res.set('X-Last', 'yes');
    next();
  },
  (err, req, res, next) => {
    res.set('X-Failed', err.message);
    next(err);
  },
];
app.get('/a', (req, res) => res.json({ a: 1 }));
app.get('/boom', () => {
  throw new Error('boom');
});
app.use(...errors());
app.use((err, req, res, next) => res.status(500).json({ error: err.message }));
app.listen(process.env.PORT);
