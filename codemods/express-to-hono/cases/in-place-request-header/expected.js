const { inExpress, sendLoosely } = require('./express-parity');
const express = require('express');

const app = express();

app.use((req, res, next) => {
  delete req.headers['x-request-id'];
  next();
});
app.get('/id', inExpress((c) => sendLoosely(c, c.req.header('x-request-id'))));
app.get('/items/:id', inExpress((c) => c.json({ id: c.req.param('id') })));

module.exports = app;
