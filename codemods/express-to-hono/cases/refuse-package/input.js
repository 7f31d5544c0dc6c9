const express = require('express');

const app = express();

const guard = require('some-middleware');

app.use(guard());
app.get('/a', (req, res) => res.json({}));

module.exports = app;
