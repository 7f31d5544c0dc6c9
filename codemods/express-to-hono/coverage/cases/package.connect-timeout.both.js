/*
package: connect-timeout
packages: [connect-timeout]
requests: [GET /, GET /slow, GET /kept, GET /]
*/
const express = require('express');
const timeout = require('connect-timeout');

const app = express();
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
app.use(timeout('150ms'));
app.use((req, res, next) => {
  if (!req.timedout) next();
});
app.get('/', (req, res) => {
  res.json([req.timedout]);
});
app.get('/slow', async (req, res) => {
  await later(400);
  if (!req.timedout) res.json('too late');
});
app.get('/kept', async (req, res) => {
  req.clearTimeout();
  await later(250);
  res.json([req.timedout]);
});
app.use((err, req, res, next) => {
  res.status(err.status || 500).json([err.message, err.code, err.timeout, req.timedout]);
});
app.listen(process.env.PORT);
