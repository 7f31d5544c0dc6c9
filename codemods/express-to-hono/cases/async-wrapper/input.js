const express = require('express');

const app = express();

const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);

app.get('/a', wrap(async (req, res) => {
  res.json(await Promise.resolve(req.query));
}));

module.exports = app;
