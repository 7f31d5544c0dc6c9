import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { greetings } from './settings/greetings.mjs';
import {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  send,
} from './express-parity.mjs';

const views = fileURLToPath(new URL('./views', import.meta.url));
const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.get('/', (c) => send(c, greetings));
app.get('/views', (c) => c.json({ views }));

export default app;
