const express = require('express');

const app = express();

const { handle } = require('./handle');

app.get('/a', (req, res) => {
  handle({ req, res });
});

module.exports = app;
