import { Hono } from 'hono';
import { serve } from '@hono/node-server';
import {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  listensItself,
  notFound,
  poweredBy,
} from './express-parity.mjs';

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
app.get('/', (c) => c.html('module'));
serve({ fetch: app.fetch, port: 3004 });
listensItself(app);
export { app as default };
