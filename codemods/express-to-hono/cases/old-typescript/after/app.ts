import { Hono } from 'hono';
import { serve } from '@hono/node-server';
import type { AppEnv } from './app-env.js';
import {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
} from './express-parity.js';

const app = new Hono<AppEnv>(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
app.get('/', (c) => {
  return c.json({ ok: true });
});
serve({ fetch: app.fetch, port: 3000 });
