/*
shape: an error handler that asks first whether anything is sent
requests: [GET /fail, GET /late, GET /none, GET /ok]
*/
const express = require('express');

const app = express();
const quiet = process.env.QUIET === 'yes';
app.get('/fail', (req, res) => {
  throw new Error('failed');
});
app.get('/late', async (req, res, next) => {
  await null;
  next(Object.assign(new Error('late'), { status: 418 }));
});
app.get('/ok', (req, res) => {
  res.json({ ok: true });
});
app.use((err, req, res, next) => {
  if (res.headersSent) {
    return quiet ? undefined : next(err);
  }
  const status = err.status || 500;
  res.status(status).json({ error: err.message });
});
app.listen(process.env.PORT);
