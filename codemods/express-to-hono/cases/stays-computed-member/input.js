const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  res[req.query.how]({});
});

module.exports = app;
