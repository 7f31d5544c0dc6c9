'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { promisify } = require('node:util');
const { Hono } = require('hono');
const config = require('./config');

const unlink = promisify(fs.unlink);
const app = new Hono();

app.put('/files/:name', async (c) => {
  await fs.promises.writeFile(path.join(config.uploadDir, c.req.param('name')), await c.req.text());
  return c.body(null, 204);
});

app.delete('/files/:name', async (c) => {
  await unlink(path.join(config.uploadDir, c.req.param('name')));
  return c.body(null, 204);
});

module.exports = app;
