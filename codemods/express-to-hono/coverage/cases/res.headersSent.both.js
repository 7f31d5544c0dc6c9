/*
member: res.headersSent
requests: [GET /fail]
*/
const express = require('express');

const app = express();
app.get('/fail', () => {
  throw new Error('fail');
});
app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).send('handled');
});
app.listen(process.env.PORT);
