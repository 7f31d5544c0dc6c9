const express = require('express');

const app = express();

const limit = require('express-rate-limit');

app.use(limit({ limit: 5 }));
app.get('/a', (req, res) => res.json({}));

module.exports = app;
