import { type Context, Hono } from 'hono';
import type { AppEnv } from './app-env.js';
import {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  redirect,
} from './express-parity.js';

export const app = new Hono<AppEnv>(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.get('/', (c: Context<AppEnv>) => {
  return redirect(c, '/notes', 303);
});
app.get('/notes', (c: Context<AppEnv>) => {
  return c.json([]);
});
