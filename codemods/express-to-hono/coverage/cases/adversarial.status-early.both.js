/*
adversarial: a status without a body, set before the answer
requests: [POST /before/json, POST /before/text, GET /own, GET /reset, GET /fails]
*/
const express = require('express');

const app = express();
app.use('/before', (req, res, next) => {
  res.status(204);
  next();
});
app.post('/before/json', (req, res) => {
  return Promise.resolve({ a: 1 }).then((row) => res.json(row));
});
app.post('/before/text', (req, res) => {
  res.send('text');
});
app.get('/own', (req, res) => {
  res.status(205);
  res.json({ own: true });
});
app.get('/reset', (req, res) => {
  res.statusCode = 304;
  res.json([]);
});
app.get('/fails', (req, res) => {
  res.status(204);
  throw new Error('failed');
});
app.use((err, req, res, next) => {
  res.json({ error: err.message });
});
app.listen(process.env.PORT);
