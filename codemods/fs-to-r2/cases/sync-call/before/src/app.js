'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { Hono } = require('hono');
const config = require('./config');

const app = new Hono();

app.put('/files/:name', async (c) => {
  const target = path.join(config.uploadDir, c.req.param('name'));
  if (fs.existsSync(target)) return c.text('taken', 409);
  await fs.promises.writeFile(target, await c.req.text());
  return c.body(null, 201);
});

module.exports = app;
