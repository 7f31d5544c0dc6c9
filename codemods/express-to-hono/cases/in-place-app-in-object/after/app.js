const { inExpress } = require('./express-parity');
const express = require('express');

const app = express();
app.get('/hello/:name', inExpress((c) => c.json({ hello: c.req.param('name') })));
module.exports = app;
