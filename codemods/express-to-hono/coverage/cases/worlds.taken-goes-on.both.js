/*
shape: a route that goes on to one that stays
requests: [GET /reports/daily, "GET /reports/daily?fast=1", "GET /skipped?x=1", GET /skipped, GET /alone, GET /reports/none]
*/
const express = require('express');

const app = express();
app.get('/reports/:name', (req, res, next) => {
  if (req.query.fast) return res.json({ fast: req.params.name });
  res.set('X-Slow', 'yes');
  next();
});
app.get('/skipped', (req, res, next) => (req.query.x ? next('route') : res.send('first')));
app.get('/alone', (req, res) => res.send('alone'));
app.get('/reports/daily', (req, res) => res.json({ slow: req.httpVersion }));
app.get('/skipped', (req, res) => res.json({ second: req.httpVersion }));
app.listen(process.env.PORT);
