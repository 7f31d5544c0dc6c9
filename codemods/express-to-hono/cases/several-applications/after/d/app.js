const express = require('express');
const { decorate } = require('some-package');
const app = express();
decorate(app);
app.get('/', (req, res) => res.json({ a: 1 }));
module.exports = app;
