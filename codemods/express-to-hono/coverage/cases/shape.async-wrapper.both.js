/*
shape: async wrappers
requests: [GET /ok, GET /fail]
*/
const express = require('express');

const app = express();
const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.get('/ok', wrap(async (req, res) => {
  res.json({ ok: true });
}));
app.get('/fail', wrap(async () => {
  throw new Error('failed');
}));
app.use((err, req, res, next) => {
  res.status(500).send(err.message);
});
app.listen(process.env.PORT);
