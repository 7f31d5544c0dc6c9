/*
shape: 'an application that is whole only once something has come, and listens then'
requests:
  - GET /a
  - GET /b
*/
const fs = require('fs');
const express = require('express');

const app = express();
fs.stat(__dirname, () => {
  app.get('/a', (req, res) => {
    res.json({ a: 1 });
  });
  app.get('/b', (req, res) => {
    res.send('b');
  });
  app.listen(process.env.PORT);
});
