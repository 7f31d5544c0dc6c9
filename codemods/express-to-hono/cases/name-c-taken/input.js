const express = require('express');

const app = express();

const c = { limit: 3 };

app.get('/a', (req, res) => {
  const send = 'x';
  res.send(Buffer.from(req.query.q + send + c.limit));
});

module.exports = app;
