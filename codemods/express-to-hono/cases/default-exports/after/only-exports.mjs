import { Hono } from 'hono';
import {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
} from './express-parity.mjs';

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
app.get('/', (c) => c.html('nobody listens'));
export default app;
