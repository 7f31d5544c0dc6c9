const express = require('express');

const app = express();

const maybe = (req, res) => {
  if (req.query.skip) return;
  res.json({});
};
app.get('/a', (req, res) => {
  maybe(req, res);
});

module.exports = app;
