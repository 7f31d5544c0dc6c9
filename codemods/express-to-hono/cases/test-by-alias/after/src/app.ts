import { Hono } from 'hono';
import type { AppEnv } from './app-env.js';
import {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  nodeApp,
  notFound,
  poweredBy,
} from './express-parity.js';

export const app = nodeApp(new Hono<AppEnv>(expressRouting()));
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.get('/', (c) => {
  return c.json({});
});
