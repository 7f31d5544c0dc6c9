import { type Context, Hono, type Next } from 'hono';
import type { Request, Response } from 'express';
import type { AppEnv } from './app-env.js';
import {
  bridgeHandler,
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

app.use(async (c: Context<AppEnv>, next: Next) => {
  c.set('user', { id: 1 });
  await next();
});
app.get('/maybe', bridgeHandler((req: Request, res: Response) => {
  if (req.user) res.json(req.user);
}));

export default app;
