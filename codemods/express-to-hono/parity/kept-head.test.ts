import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { expect, it } from 'vitest';
import { etag } from '../parity-source/etag.ts';

const COOKIES = ['theme=dark; Path=/', 'until=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT'];

/** An application that sets two cookies, with a middleware outside of it. */
function twoCookies(outside: MiddlewareHandler): Hono {
  const app = new Hono();
  app.use(outside, etag());
  app.get('/', (c) => {
    for (const cookie of COOKIES) c.header('Set-Cookie', cookie, { append: true });
    return c.json({ a: 1 });
  });
  return app;
}

const asks: [string, MiddlewareHandler][] = [
  ['nothing looks at the answer', (_c, next) => next()],
  [
    'one looks at its headers',
    async (c, next) => {
      await next();
      expect(c.res.headers.getSetCookie()).toEqual(COOKIES);
    },
  ],
  [
    'one changes it',
    async (c, next) => {
      await next();
      c.header('X-Late', 'yes');
    },
  ],
];

it.each(asks)('several cookies stay lines of their own where %s', async (_what, outside) => {
  const app = twoCookies(outside);
  expect((await app.request('/')).headers.getSetCookie()).toEqual(COOKIES);
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  try {
    if (!server.listening) await new Promise((done) => server.once('listening', done));
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(response.headers.getSetCookie()).toEqual(COOKIES);
    expect(await response.json()).toEqual({ a: 1 });
  } finally {
    server.close();
  }
});
