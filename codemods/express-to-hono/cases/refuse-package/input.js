const express = require('express');

const app = express();

const history = require('connect-history-api-fallback');

app.use(history());
app.get('/a', (req, res) => res.json({}));

module.exports = app;
