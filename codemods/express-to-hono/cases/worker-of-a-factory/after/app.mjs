import { Hono } from 'hono';
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

export function createApp({ greeting }) {
  const app = new Hono(expressRouting());
  app.use(poweredBy(), etag(), contentLength(), charset());
  app.notFound(notFound);
  app.onError(errorPage);
  app.get('/', (c) => send(c, greeting));
  return app;
}
