import path from 'node:path';
import { Hono } from 'hono';
import { settings } from './settings.js';
import * as fileStorage from './file-storage.js';

export const app = new Hono();

app.post('/avatars/:name', async (c) => {
  const target = path.join(settings.avatars, path.basename(c.req.param('name')));
  await fileStorage.writeFile(target, Buffer.from(await c.req.arrayBuffer()));
  const { size } = await fileStorage.stat(target);
  return c.json({ size });
});
