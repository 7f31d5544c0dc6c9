const express = require('express');

const app = express();

const ok = (res, data) => res.json({ data });
const fail = (req, res, status, message) => {
  res.status(status).json({ message, path: req.originalUrl });
};
const wanted = (req) => req.query.wanted;

app.get('/a', (req, res) => {
  if (!wanted(req)) return fail(req, res, 400, 'wanted?');
  ok(res, wanted(req));
});

module.exports = app;
