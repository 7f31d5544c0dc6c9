const express = require('express');

const app = express();

app.use((req, res, next) => {
  const send = res.send;
  res.send = (body) => send.call(res, `${body}!`);
  next();
});

module.exports = app;
