/*
adversarial: a middleware that answers for a late handler
requests: [GET /slow, GET /quick]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  const timer = setTimeout(() => {
    if (!res.headersSent) res.status(503).send('too slow');
  }, 30);
  res.on('finish', () => clearTimeout(timer));
  next();
});
app.get('/slow', (req, res) => {
  setTimeout(() => {
    if (!res.headersSent) res.json('late');
  }, 300);
});
app.get('/quick', (req, res) => {
  res.json('quick');
});
app.listen(process.env.PORT);
