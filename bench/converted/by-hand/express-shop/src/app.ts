import { fileURLToPath } from 'node:url';
import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import type { Deps } from './deps.ts';
import type { Env } from './env.ts';
import { adminRoutes } from './features/admin/routes.ts';
import { basketRoutes } from './features/basket/routes.ts';
import { filesRoutes } from './features/files/routes.ts';
import { ordersRoutes } from './features/orders/routes.ts';
import { productsRoutes } from './features/products/routes.ts';
import { sessionsRoutes } from './features/sessions/routes.ts';
import { currencies, robots } from './features/site/handlers.ts';
import { parsedBody } from './http/body.ts';
import { clientOf, type PeerOf } from './http/client.ts';
import { taggedJson } from './http/etag.ts';
import { staticFiles } from './http/files.ts';
import { anyCase } from './http/path-case.ts';
import { authentication } from './middleware/authentication.ts';
import { errorHandler } from './middleware/error-handler.ts';
import { notFound } from './middleware/not-found.ts';
import { requestContext } from './middleware/request-context.ts';

const assets = fileURLToPath(new URL('../assets', import.meta.url));

/** @param peerOf the address at the other end of the connection, which each runtime's server tells in its own way */
export function createApp(deps: Deps, peerOf: PeerOf): Hono<Env> {
  const app: Hono<Env> = new Hono<Env>({ getPath: anyCase(() => app.routes) });
  const client = clientOf(peerOf);

  // The same for everybody, and asked for before a visitor has a basket: nothing runs before them.
  app.get('/robots.txt', robots);
  app.get('/currencies', currencies);

  app.use(requestContext());
  app.use(parsedBody({ json: 32 * 1024, form: 100 * 1024 }));
  app.use(authentication(deps.sessions));

  app.get('/health', (c) => taggedJson(c, { status: 'ok', products: deps.catalog.count() }));

  app.get(
    '/assets/*',
    staticFiles(assets, { below: '/assets', cacheControl: 'public, max-age=86400, immutable' }),
  );
  app.route('/files', filesRoutes({ root: assets }));
  app.route('/sessions', sessionsRoutes(deps));
  app.route('/products', productsRoutes(deps));
  app.route('/basket', basketRoutes({ ...deps, client }));
  app.route('/orders', ordersRoutes({ ...deps, client }));
  app.route('/admin', adminRoutes(deps));

  app.get('/', (c) => c.redirect('/products'));
  app.get('/search', (c) => c.redirect(`/products?q=${encodeURIComponent(c.req.query('q') ?? '')}`, 301));
  app.put('/currency', (c: Context<Env>) => {
    const { currency } = (c.get('body') ?? {}) as { currency?: unknown };
    setCookie(c, 'currency', currency === 'USD' ? 'USD' : 'EUR', {
      maxAge: 86_400,
      expires: new Date(Date.now() + 86_400_000),
      sameSite: 'lax',
      secure: client(c).secure,
    });
    return c.redirect(c.req.header('Referer') ?? '/products', 303);
  });

  app.notFound(notFound);
  app.onError(errorHandler);
  return app;
}
