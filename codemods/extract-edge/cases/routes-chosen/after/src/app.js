'use strict';

const express = require('express');
const cookieParser = require('cookie-parser');
const { sizeOf } = require('./lib/sizes');
const orders = require('./store');

const app = express();
app.disable('x-powered-by');

app.use(cookieParser());
app.use(express.json());

// Where old links go.
const MOVED = { tea: '/catalog/green-tea', cups: '/catalog/cup' };

app.get('/go/:name', (req, res) => {
  res.redirect(301, MOVED[req.params.name] || '/catalog');
});

app.get('/sizes/:size', (req, res) => {
  const size = sizeOf(req.params.size);
  if (!size) return res.status(404).json({ error: 'no such size' });
  res.set('Cache-Control', 'public, max-age=3600');
  res.json(size);
});

app.use('/catalog', require('./routes/catalog'));

app.get('/orders/:id', (req, res) => {
  res.json(orders.find(req.params.id));
});

module.exports = app;
