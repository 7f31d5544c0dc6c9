/*
shape: arrays and spreads
requests: [GET /a, GET /b, { GET: /b, headers: { X-Key: k } }]
*/
const express = require('express');

const app = express();
const mark = (req, res, next) => {
  res.set('X-Mark', '1');
  next();
};
const guard = (req, res, next) => {
  if (!req.get('x-key')) return res.sendStatus(401);
  next();
};
const guards = [mark, guard];
app.get('/a', [mark], (req, res) => {
  res.send('a');
});
app.get('/b', guards, (req, res) => {
  res.send('b');
});
app.listen(process.env.PORT);
