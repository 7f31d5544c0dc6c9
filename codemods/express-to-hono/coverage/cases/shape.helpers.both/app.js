/*
shape: res handed to helpers in other files
requests: [GET /ok, GET /fail, GET /who]
*/
const express = require('express');

const app = express();
const { ok, fail } = require('./answers');
const { callerOf } = require('./caller');
app.get('/ok', (req, res) => {
  ok(res, { a: 1 });
});
app.get('/fail', (req, res) => {
  return fail(res, 'no', 422);
});
app.get('/who', (req, res) => {
  res.send(callerOf(req));
});
app.listen(process.env.PORT);
