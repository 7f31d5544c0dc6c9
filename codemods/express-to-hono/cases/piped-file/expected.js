const { Hono } = require('hono');
const { Readable } = require('node:stream');

const app = new Hono({ strict: false });

const fs = require('fs');

app.get('/log', (c) => {
  c.header('Content-Type', 'text/plain');
  return c.body(Readable.toWeb(fs.createReadStream('app.log')));
});

module.exports = app;
