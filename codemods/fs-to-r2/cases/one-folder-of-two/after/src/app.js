const { writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { Hono } = require('hono');
const { invoices, reports } = require('./config');
const fileStorage = require('./file-storage');

const app = new Hono();

app.put('/invoices/:id', async (c) => {
  await fileStorage.writeFile(join(invoices, c.req.param('id')), await c.req.text());
  return c.body(null, 204);
});

app.put('/reports/:id', async (c) => {
  await writeFile(join(reports, c.req.param('id')), await c.req.text());
  return c.body(null, 204);
});

module.exports = app;
