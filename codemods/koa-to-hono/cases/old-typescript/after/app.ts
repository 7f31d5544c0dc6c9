import { Hono } from 'hono';
import { serve } from '@hono/node-server';
import { errorPage } from './http/errors.js';

const app = new Hono({ strict: false });
app.notFound((c) => c.text('Not Found', 404));
app.onError(errorPage);
app.use(async (c) => {
  return c.json({ ok: true });
});
serve({ fetch: app.fetch, port: 3000 });
