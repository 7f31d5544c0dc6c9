/*
shape: req.<standard> reassigned
variant: the query
requests: ['GET /?page=3&size=2', GET /, 'GET /clean?a=%20x%20', 'GET /whole?a=1']
*/
const express = require('express');

const app = express();
const clean = (query) => {
  for (const key of Object.keys(query)) query[key] = String(query[key]).trim();
};
app.use('/clean', (req, res, next) => {
  clean(req.query);
  next();
});
app.use((req, res, next) => {
  req.query.page = Number(req.query.page || 1);
  next();
});
app.get('/whole', (req, res) => {
  req.query = { replaced: true };
  res.json(req.query);
});
app.use((req, res) => {
  res.json(req.query);
});
app.listen(process.env.PORT);
