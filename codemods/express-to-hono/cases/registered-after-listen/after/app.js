const { Hono } = require('hono');
const { besideExpress } = require('./express-parity');
const express = require('express');
const hono = new Hono({ strict: false });
const app = besideExpress(hono, express());
hono.get('/', (c) => c.json({ a: 1 }));
app.listen(process.env.PORT || 3000);
setTimeout(() => {
  app.get('/late', (req, res) => res.json({ late: 1 }));
}, 1000);
