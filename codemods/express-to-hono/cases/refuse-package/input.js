const express = require('express');

const app = express();

const hpp = require('hpp');

app.use(hpp());
app.get('/a', (req, res) => res.json({}));

module.exports = app;
