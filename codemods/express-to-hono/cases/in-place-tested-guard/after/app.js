const express = require('express');
const { untraced } = require('./untraced');
const { inExpress } = require('./express-parity');

const app = express();

app.use(untraced);
app.get('/items/:id', inExpress((c) => c.json({ id: c.req.param('id') })));

module.exports = app;
