/*
adversarial: next(err) without a return, and next() after it
requests: [GET /, 'GET /?bad=1', GET /row, 'GET /row?bad=1']
*/
const express = require('express');

const app = express();
const find = (key, done) => setTimeout(() => done(key ? new Error('no row') : null), 1);
app.use((req, res, next) => {
  if (req.query.bad && req.path === '/') next(new Error('bad'));
  next();
});
app.use('/row', (req, res, next) => {
  find(req.query.bad, (err) => {
    if (err) next(err);
    next();
  });
});
app.get(['/', '/row'], (req, res) => {
  setTimeout(() => res.json('found'), 1);
});
app.use((err, req, res, next) => {
  res.status(500).json(err.message);
});
app.listen(process.env.PORT);
