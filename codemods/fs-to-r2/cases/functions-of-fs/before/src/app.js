import fs, { readFileSync } from 'node:fs';
import path from 'node:path';
import { Hono } from 'hono';
import config from './config.js';

const banner = readFileSync('banner.txt', 'utf8');
const fileStorage = 'kept as it is';
const app = new Hono();

app.get('/', (c) => c.text(`${banner} ${fileStorage}`));

app.put('/files/:name', async (c) => {
  const target = path.join(config.uploadDir, c.req.param('name'));
  await fs.promises.writeFile(target, await c.req.text());
  return c.json({ stored: target }, 201);
});

app.delete('/trash', async (c) => {
  const { paths } = await c.req.json();
  paths.forEach(readFileSync);
  return c.body(null, 204);
});

export { app as default };
