const express = require('express');

const app = express();

const fs = require('fs');

app.get('/log', (req, res) => {
  res.setHeader('Content-Type', 'text/plain');
  fs.createReadStream('app.log').pipe(res);
});

module.exports = app;
