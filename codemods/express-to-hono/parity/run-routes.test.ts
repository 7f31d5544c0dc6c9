import { type Context, Hono, type Next } from 'hono';
import { describe, expect, it } from 'vitest';
import { charset } from '../parity-source/charset.ts';
import { contentLength } from '../parity-source/content-length.ts';
import { etag } from '../parity-source/etag.ts';
import { urlInMount } from '../parity-source/mount.ts';
import { poweredBy } from '../parity-source/powered-by.ts';
import { expressRouting } from '../parity-source/routing.ts';

const application = () => {
  const app = new Hono(expressRouting());
  app.use(poweredBy(), etag(), contentLength(), charset());
  return app;
};
const ask = (app: Hono, path = '/') => app.fetch(new Request(`http://localhost${path}`));

describe('the handlers of a request in one run', () => {
  it('answers at once where no handler has to be waited for', async () => {
    const app = application();
    app.use((_c, next) => next());
    app.get('/', (c) => c.json({ a: 1 }));
    const answer = ask(app);
    expect(answer).toBeInstanceOf(Response);
    const { headers } = await answer;
    expect([headers.get('ETag'), headers.get('Content-Length')]).toEqual([
      expect.stringMatching(/^W\//),
      '7',
    ]);
  });

  it('waits for what a handler returns, also where it is no promise of the language', async () => {
    const app = application();
    // biome-ignore lint/suspicious/noThenProperty: what promises of libraries are
    const own = (c: Context) => ({ then: (done: (answer: Response) => void) => done(c.text('late')) });
    app.get('/', own as never);
    expect(await (await ask(app)).text()).toBe('late');
  });

  it('goes on after next() when the answer is there, in the route it was called from', async () => {
    const app = application();
    const seen: unknown[] = [];
    app.use('/a/*', async (c, next) => {
      await next();
      seen.push(c.res.status, urlInMount(c));
    });
    app.get('/a/b', (c) => c.text('b', 201));
    await ask(app, '/a/b');
    expect(seen).toEqual([201, '/b']);
  });

  it('answers an error where it is thrown, at once and late, and what the error handler throws once more', async () => {
    const app = application();
    const after: number[] = [];
    app.use(async (c, next) => {
      await next();
      after.push(c.res.status);
    });
    app.get('/now', () => {
      throw new Error('now');
    });
    app.get('/late', () => Promise.reject('late'));
    app.get('/twice', () => {
      throw new Error('twice');
    });
    app.onError((error, c) => {
      if (error.message === 'twice') throw new Error('again');
      return c.text(error.message, 500);
    });
    for (const path of ['now', 'late']) expect(await (await ask(app, `/${path}`)).text()).toBe(path);
    expect(await (await ask(app, '/twice')).text()).toBe('again');
    expect(after).toEqual([500, 500]);
  });

  it('refuses a second next()', async () => {
    const app = application();
    app.use(async (_c: Context, next: Next) => {
      await next();
      await next();
    });
    app.get('/', (c) => c.text('one'));
    app.onError((error, c) => c.text(error.message, 500));
    expect(await (await ask(app)).text()).toBe('next() called multiple times');
  });

  it('finds a route that is registered after its path was asked for', async () => {
    const app = application();
    app.notFound((c) => c.text('none', 404));
    expect((await ask(app, '/x')).status).toBe(404);
    app.get('/x', (c) => c.text('x'));
    expect(await (await ask(app, '/x')).text()).toBe('x');
  });
});
