const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  const { emitter } = require('./emitter');
  emitter.on('tick', () => res.json({}));
});

module.exports = app;
