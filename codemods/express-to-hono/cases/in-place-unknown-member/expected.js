const { bridged, inExpress } = require('./express-parity');
const express = require('express');

const app = express();

app.get('/a', inExpress((c) => {
  return c.json({ version: bridged(c).httpVersion });
}));

module.exports = app;
