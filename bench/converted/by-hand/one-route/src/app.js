'use strict';

const { Hono } = require('hono');

const app = new Hono();

app.get('/hi', (c) => c.json({ hi: 'there' }));

module.exports = app;
