/*
shape: Object.assign(req, …) with a query, which Express 5 cannot set
requests: ['GET /query?a=1', GET /fine]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  const more = req.path === '/query' ? { userId: 'ada', query: { b: 2 } } : { userId: 'bob' };
  Object.assign(req, more);
  next();
});
app.get('/query', (req, res) => {
  res.json(req.query);
});
app.get('/fine', (req, res) => {
  res.json({ id: req.userId });
});
app.use((error, req, res, next) => {
  res.status(500).json({ message: error.message, id: req.userId });
});
app.listen(process.env.PORT);
