import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import type { Env } from '../../env.ts';
import { mediaType, reader } from '../../http/body.ts';
import { HttpError, NotFoundError } from '../../http/errors.ts';
import { tagged, taggedJson } from '../../http/etag.ts';
import { paginate } from '../../http/pagination.ts';
import { param } from '../../http/param.ts';
import { requireUser } from '../../middleware/authentication.ts';
import { methodNotAllowed } from '../../middleware/method-not-allowed.ts';
import { validBody, validQuery } from '../../middleware/validate.ts';
import type { Product } from '../../store/catalog.ts';
import { listQuery, productBody, productChanges, reviewBody } from './schemas.ts';

const USD_PER_EUR = 1.08;

/** Prices leave the shop in the visitor's currency. */
function present(product: Product, currency: 'EUR' | 'USD') {
  const { cents, ...rest } = product;
  const amount = currency === 'USD' ? Math.round(cents * USD_PER_EUR) : cents;
  return { ...rest, price: { amount: (amount / 100).toFixed(2), currency } };
}

export function productsRoutes({ catalog }: Pick<Deps, 'catalog'>): Hono<Env> {
  const routes = new Hono<Env>();
  const admin = requireUser('admin');
  const readImage = reader(128 * 1024);

  routes.get('/', async (c) => {
    const { category, page, pageSize, ...filter } = validQuery(c, listQuery);
    const found = await catalog.list({ categories: category, ...filter });
    const items = paginate(c, found, { page, pageSize });
    c.header('Vary', 'Cookie');
    return taggedJson(c, {
      items: items.map((product) => present(product, c.get('currency'))),
      total: found.length,
    });
  });
  routes.post('/', admin, async (c) => {
    const product = await catalog.add(validBody(c, productBody));
    return c.json(present(product, c.get('currency')), 201, { Location: `/products/${product.sku}` });
  });
  routes.all('/', methodNotAllowed('GET', 'POST'));
  routes.get('/categories', (c) => taggedJson(c, catalog.categories()));

  routes.get('/:sku', async (c) => {
    const product = await catalog.find(param(c, 'sku'));
    c.header('Vary', 'Cookie');
    return taggedJson(c, present(product, c.get('currency')));
  });
  routes.patch('/:sku', admin, async (c) => {
    const product = await catalog.change(param(c, 'sku'), validBody(c, productChanges));
    return c.json(present(product, c.get('currency')));
  });
  routes.delete('/:sku', admin, async (c) => {
    await catalog.remove(param(c, 'sku'));
    return c.body(null, 204);
  });

  routes.get('/:sku/reviews', async (c) => taggedJson(c, await catalog.reviewsOf(param(c, 'sku'))));
  routes.post('/:sku/reviews', requireUser(), async (c) => {
    const { stars, text } = validBody(c, reviewBody);
    const by = c.get('user')?.email.split('@')[0] ?? 'anonymous';
    return c.json(await catalog.review(param(c, 'sku'), stars, text, by), 201);
  });

  routes.get('/:sku/image', (c) => {
    const sku = param(c, 'sku');
    const image = catalog.image(sku);
    if (!image) throw new NotFoundError(`image of ${sku}`);
    c.header('Cache-Control', 'private, max-age=30');
    return tagged(c, new Uint8Array(image.bytes), image.type);
  });
  routes.put('/:sku/image', admin, async (c) => {
    const { sku } = await catalog.find(param(c, 'sku'));
    if (!mediaType(c).startsWith('image/')) throw new HttpError(415, 'unsupported_type', 'send an image');
    catalog.setImage(sku, c.req.header('Content-Type') ?? 'application/octet-stream', await readImage(c));
    return c.body(null, 204);
  });

  return routes;
}
