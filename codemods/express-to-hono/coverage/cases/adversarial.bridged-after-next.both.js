/*
adversarial: a middleware that stays goes on after next()
requests: [GET /sync, GET /seen, GET /async, GET /seen, GET /made, GET /seen, GET /broken, GET /seen, GET /nothing, GET /seen]
*/
const express = require('express');

const app = express();
let seen = [];
app.use((req, res, next) => {
  seen.push(`in ${req.httpVersion}`);
  next();
  seen.push('out');
});
app.get('/sync', (req, res) => {
  seen.push('sync');
  res.json('sync');
});
app.get('/async', async (req, res) => {
  seen.push('async');
  await new Promise((resolve) => setTimeout(resolve, 5));
  seen.push('awaited');
  res.json('async');
});
app.get('/made', (req, res, next) => {
  seen.push('first');
  next();
}, (req, res) => {
  seen.push('second');
  res.status(201).json('made');
});
app.get('/broken', (req, res) => {
  seen.push('broken');
  throw new Error('broken');
});
app.get('/seen', (req, res) => {
  const last = seen;
  seen = [];
  res.json(last);
});
app.use((err, req, res, next) => {
  seen.push('error');
  res.status(500).json(err.message);
});
app.listen(process.env.PORT);
