/*
member: req.body
variant: a validator defines parts of the request
packages: [cookie-parser]
requests:
  - { POST: /body, json: { n: "1" } }
  - { POST: /body, json: { m: "1" } }
  - GET /query?n=2&m=3
  - GET /query
  - GET /params/4
  - GET /both/5?n=6
  - { GET: /cookies, headers: { Cookie: "n=7; m=8" } }
  - GET /literal?a=1
*/
const cookies = require('cookie-parser');
const express = require('express');

const app = express();
app.use(express.json());
app.use(cookies());
const validate = (part = 'body') => (req, res, next) => {
  const given = req[part];
  if (given.n === undefined) return res.status(400).json({ missing: part });
  const value = { n: Number(given.n) };
  if (part === 'query' || part === 'params') {
    Object.defineProperty(req, part, { value, writable: true, enumerable: true, configurable: true });
  } else {
    req[part] = value;
  }
  next();
};
app.post('/body', validate(), (req, res) => {
  res.json(req.body);
});
app.get('/query', validate('query'), (req, res) => {
  res.json(req.query);
});
app.get('/params/:n', validate('params'), (req, res) => {
  res.json(req.params);
});
app.get('/both/:n', validate('query'), validate('params'), (req, res) => {
  const { query, params } = req;
  res.json({ query, params });
});
app.get('/cookies', validate('cookies'), (req, res) => {
  res.json({ n: req.cookies.n, all: req.cookies });
});
app.get(
  '/literal',
  (req, res, next) => {
    Object.defineProperty(req, 'query', { value: { a: 'defined' }, writable: true, configurable: true });
    next();
  },
  (req, res) => {
    res.json(req.query);
  },
);
app.listen(process.env.PORT);
