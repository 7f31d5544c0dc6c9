const express = require('express');

const app = express();
app.get('/early', () => {
  throw new Error('early');
});
app.use((err, req, res, next) => {
  res.status(409).json({ by: 'the handler', message: err.message });
});
module.exports = app;
