/*
shape: one list of handlers or another one, and lists added to each other
requests: [GET /chosen, 'GET /chosen?key=1', GET /added, 'GET /added?key=1', GET /plain]
*/
const express = require('express');

const app = express();
const strict = [
  (req, res, next) => {
    if (!req.query.key) return res.status(401).send('key');
    next();
  },
];
const open = [
  (req, res, next) => {
    res.set('X-Open', '1');
    next();
  },
];
const guards = process.env.LENIENT ? open : strict;
app.get('/chosen', guards, (req, res) => {
  res.send('chosen');
});
app.get('/added', [].concat(strict, open), (req, res) => {
  res.send('added');
});
app.get('/plain', (req, res) => {
  res.send('plain');
});
app.listen(process.env.PORT);
