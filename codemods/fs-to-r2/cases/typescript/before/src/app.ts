import * as fs from 'node:fs';
import path from 'node:path';
import { Hono } from 'hono';
import { settings } from './settings.js';

export const app = new Hono();

app.post('/avatars/:name', async (c) => {
  const target = path.join(settings.avatars, path.basename(c.req.param('name')));
  await fs.promises.writeFile(target, Buffer.from(await c.req.arrayBuffer()));
  const { size } = await fs.promises.stat(target);
  return c.json({ size });
});
