const express = require('express');

const app = express();

app.get('/rows', async (req, res) => {
  res.setHeader('Content-Type', 'text/plain');
  for (const row of ['a', 'b']) {
    res.write(`${row}\n`);
  }
  res.end();
});

module.exports = app;
