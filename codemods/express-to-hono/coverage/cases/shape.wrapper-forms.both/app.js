/*
shape: wrappers that only hand on what a handler rejects with, in each of their forms
requests:
  - GET /sent
  - GET /sent?fail=1
  - GET /tried
  - GET /tried?fail=1
  - GET /arrow
  - GET /arrow?fail=1
  - GET /guarded
  - { GET: /guarded, headers: { X-Key: k } }
  - GET /static
  - GET /static?fail=1
  - GET /logged
  - GET /logged?fail=1
  - GET /thrown
*/
const express = require('express');
const { sent, other } = require('./sent');
const tried = require('./tried');
const { arrow, unused } = require('./arrow');
const list = require('./list');

class Wrap {
  static around(fn) {
    return (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
  }
}
const seen = [];
const logged = (fn) => async (req, res, next) => {
  try {
    await fn(req, res, next);
  } catch (error) {
    seen.push(error.message);
    next(error);
  }
};
const app = express();
const failing = async (req, res) => {
  if (req.query.fail) throw new Error(`failed ${other}`);
  res.json({ ok: true });
};
app.get('/sent', sent(failing));
app.get('/tried', tried(failing));
app.get('/arrow', arrow(list.all));
app.get('/guarded', tried(async (req, res, next) => {
  if (!req.get('X-Key')) return res.sendStatus(401);
  next();
}), sent(async (req, res) => {
  res.json({ guarded: typeof unused });
}));
app.get('/static', Wrap.around(failing));
app.get('/logged', logged(failing));
app.get('/thrown', sent((req, res) => {
  throw new Error('at once');
}));
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message, seen });
});
app.listen(process.env.PORT);
