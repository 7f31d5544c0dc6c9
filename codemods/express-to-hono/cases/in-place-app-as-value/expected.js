const { inExpress } = require('./express-parity');
const express = require('express');

const app = express();

const { decorate } = require('some-package');

app.get('/a', inExpress((c) => c.json({})));
decorate(app);

module.exports = app;
