const express = require('express');

const app = express();

app.use((req, res, next) => {
  req.url = req.url.replace('/v1', '');
  next();
});

module.exports = app;
