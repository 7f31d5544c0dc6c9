import { create as contentDisposition } from 'content-disposition';
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Env } from '../../env.ts';
import { mediaType, reader } from '../../http/body.ts';
import { HttpError } from '../../http/errors.ts';
import { param } from '../../http/param.ts';
import { requireUser } from '../../middleware/authentication.ts';
import { parse, validBody } from '../../middleware/validate.ts';
import { productBody } from '../products/schemas.ts';

const stockBody = z.object({ stock: z.number().int().min(0) });

export function adminRoutes({ catalog, orders }: Pick<Deps, 'catalog' | 'orders'>): Hono<Env> {
  const routes = new Hono<Env>();
  const readImport = reader(16 * 1024);

  routes.use(requireUser('admin'), async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  });

  routes.get('/orders', async (c) => c.json(await orders.all()));

  routes.get('/reports/:year?', async (c) => {
    const asked = c.req.param('year');
    const year = Number(asked ?? new Date().getUTCFullYear());
    if (!Number.isInteger(year)) throw new HttpError(400, 'invalid', 'the year is not a number');
    const placed = (await orders.all()).filter((order) => new Date(order.placedAt).getUTCFullYear() === year);
    const paid = placed.filter((order) => order.status === 'paid');
    return c.json({
      year: asked === undefined ? 'current' : year,
      orders: placed.length,
      paidCents: paid.reduce((sum, order) => sum + order.totalCents, 0),
    });
  });

  routes.put('/products/:sku/stock', async (c) => {
    const { stock } = validBody(c, stockBody);
    const { sku } = await catalog.change(param(c, 'sku'), { stock });
    return c.json({ sku, stock });
  });

  routes.post('/import', async (c) => {
    if (mediaType(c) !== 'text/csv') throw new HttpError(415, 'unsupported_type', 'send text/csv');
    const text = (await readImport(c)).toString();
    const imported: string[] = [];
    for (const line of text.split('\n').filter(Boolean)) {
      const [sku, name, category, cents, stock] = line.split(',');
      const product = parse(productBody, { sku, name, category, cents: Number(cents), stock: Number(stock) });
      await catalog.add(product);
      imported.push(product.sku);
    }
    return c.json({ imported }, 201);
  });

  routes.get('/export.csv', async (c) => {
    const products = await catalog.list({ categories: [], sort: 'sku' });
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', contentDisposition('products.csv'));
    return stream(c, async (out) => {
      for (const { sku, name, category, cents, stock } of products)
        await out.write(`${[sku, name, category, cents, stock]}\n`);
    });
  });

  return routes;
}
