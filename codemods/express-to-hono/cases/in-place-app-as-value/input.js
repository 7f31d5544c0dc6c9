const express = require('express');

const app = express();

const { decorate } = require('some-package');

app.get('/a', (req, res) => res.json({}));
decorate(app);

module.exports = app;
