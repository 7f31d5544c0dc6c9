const express = require('express');

const app = express();

const fs = require('fs');

app.get('/a', (req, res, next) => {
  fs.readFile('a.txt', 'utf8', (err, text) => {
    if (err) return next(err);
    res.send(text);
  });
});

app.get('/b', (req, res, next) => {
  if (!req.query.file) return res.sendStatus(400);
  fs.stat(req.query.file, (err, stat) => {
    if (err) {
      next(err);
    } else {
      fs.readFile(req.query.file, (failure, bytes) => {
        if (failure) return next(failure);
        res.set('X-Size', String(stat.size));
        res.send(bytes);
      });
    }
  });
});

module.exports = app;
