import { Hono } from 'hono';
import {
  besideExpress,
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
} from './express-parity.mjs';

export async function start() {
  const { default: express } = await import('express');
  const hono = new Hono(expressRouting());
  hono.use(poweredBy(), etag(), contentLength(), charset());
  hono.notFound(notFound);
  hono.onError(errorPage);
  const app = besideExpress(hono, express());
  hono.get('/a', (c) => c.json({}));
  return app;
}
