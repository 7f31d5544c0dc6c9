import { type Context, Hono, type Next } from 'hono';
import type { User } from './types';
import type { AppEnv } from './app-env';
import {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
} from './express-parity';

const app = new Hono<AppEnv>(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
const ada: User = { id: 1 };

app.use(async (c: Context<AppEnv>, next: Next) => {
  c.set('user', ada);
  await next();
});
app.get('/me', (c: Context<AppEnv>) => {
  return c.json({ id: c.get('user')?.id });
});

export default app;
