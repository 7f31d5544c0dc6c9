const express = require('express');

const app = express();

const fs = require('fs');

app.use((req, res, next) => {
  fs.access('a.txt', (err) => next(err));
});

module.exports = app;
