const express = require('express');

const app = express();

app.get('/a', (req, res) => {
  res.json({ remote: req.socket.remoteAddress });
});

module.exports = app;
