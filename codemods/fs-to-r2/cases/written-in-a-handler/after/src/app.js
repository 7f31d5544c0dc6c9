import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { notesDir, templates } from './config.js';
import * as fileStorage from './file-storage.js';

const app = new Hono();
const pathOf = (id) => join(notesDir, `${id}.txt`);

app.put('/notes/:id', async (c) => {
  await fileStorage.writeFile(pathOf(c.req.param('id')), await c.req.text());
  return c.body(null, 204);
});

app.get('/notes/:id', async (c) => c.text(await fileStorage.readFile(pathOf(c.req.param('id')), 'utf8')));

app.delete('/notes/:id', async (c) => {
  await fileStorage.unlink(pathOf(c.req.param('id')));
  return c.body(null, 204);
});

// Shipped with the application, not stored by it.
app.get('/help', async (c) => c.html(await readFile(join(templates, 'help.html'), 'utf8')));

export default app;
