/*
shape: a table of routes
variant: lists in its lists
requests: [GET /rows, 'GET /rows?stop=1', GET /rows/1, {POST: /rows, json: {name: c}}, 'POST /rows?stop=2', GET /each, 'GET /each?stop=3', GET /made, 'GET /made?stop=4']
*/
const express = require('express');

const app = express();
const checks = [
  (req, res, next) => {
    if (req.query.stop) return res.status(400).json({ stop: req.query.stop });
    next();
  },
  (req, res, next) => {
    res.set('X-Checked', 'yes');
    next();
  },
];
const check = (name) => [
  (req, res, next) => {
    if (req.query.stop) return res.status(400).json({ name });
    next();
  },
  (req, res, next) => {
    res.set('X-Name', name);
    next();
  },
];
const list = (req, res) => {
  res.json({ rows: [] });
};
const rows = [
  { method: 'get', path: '/rows', handlers: [checks, list] },
  { method: 'get', path: '/rows/:id', handlers: [list] },
  { method: 'post', path: '/rows', handlers: [express.json(), [checks, (req, res) => res.json(req.body)]] },
];
for (const row of rows) app[row.method](row.path, row.handlers);
const each = [{ method: 'get', path: '/each', handlers: [checks, list] }];
each.forEach(({ method, path, handlers }) => app[method](path, ...handlers));
const made = [{ method: 'get', path: '/made', handlers: [check('made'), list] }];
made.forEach(({ method, path, handlers }) => app[method](path, handlers));
app.listen(process.env.PORT);
