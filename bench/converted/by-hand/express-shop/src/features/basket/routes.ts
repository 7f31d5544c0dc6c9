import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Env } from '../../env.ts';
import type { Client } from '../../http/client.ts';
import { NotFoundError } from '../../http/errors.ts';
import { param } from '../../http/param.ts';
import { validBody } from '../../middleware/validate.ts';
import type { Basket } from '../../store/baskets.ts';
import { BASKET_COOKIE, clearBasketCookie } from './cookie.ts';

const itemBody = z.object({ sku: z.string(), count: z.coerce.number().int().min(1).max(20).default(1) });
const countBody = z.object({ count: z.number().int().min(1).max(20) });

type BasketDeps = Pick<Deps, 'baskets' | 'catalog'> & { client: (c: Context) => Client };

export function basketRoutes({ baskets, catalog, client }: BasketDeps): Hono<Env> {
  const routes = new Hono<Env>();

  function current(c: Context<Env>): Basket {
    const basket = baskets.find(getCookie(c, BASKET_COOKIE));
    if (!basket) throw new NotFoundError('basket');
    return basket;
  }

  function currentOrNew(c: Context<Env>): Basket {
    const existing = baskets.find(getCookie(c, BASKET_COOKIE));
    if (existing) return existing;
    const { id, basket } = baskets.open();
    setCookie(c, BASKET_COOKIE, id, { httpOnly: true, sameSite: 'strict', secure: client(c).secure });
    return basket;
  }

  async function view(basket: Basket) {
    const items = await Promise.all(
      [...basket].map(async ([sku, count]) => {
        const { name, cents } = await catalog.find(sku);
        return { sku, name, count, cents: cents * count };
      }),
    );
    return { items, totalCents: items.reduce((sum, item) => sum + item.cents, 0) };
  }

  routes.get('/', async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(await view(baskets.find(getCookie(c, BASKET_COOKIE)) ?? new Map()));
  });

  routes.post('/items', async (c) => {
    const { sku, count } = validBody(c, itemBody);
    await catalog.find(sku);
    const basket = currentOrNew(c);
    basket.set(sku, (basket.get(sku) ?? 0) + count);
    return c.json(await view(basket), 201);
  });

  routes.patch('/items/:sku', async (c) => {
    const { count } = validBody(c, countBody);
    const [basket, sku] = [current(c), param(c, 'sku')];
    if (!basket.has(sku)) throw new NotFoundError(`item ${sku}`);
    basket.set(sku, count);
    return c.json(await view(basket));
  });

  routes.delete('/items/:sku', async (c) => {
    const [basket, sku] = [current(c), param(c, 'sku')];
    if (!basket.delete(sku)) throw new NotFoundError(`item ${sku}`);
    return c.json(await view(basket));
  });

  routes.delete('/', (c) => {
    baskets.drop(getCookie(c, BASKET_COOKIE) ?? '');
    clearBasketCookie(c, { httpOnly: true, sameSite: 'strict' });
    return c.body(null, 204);
  });

  return routes;
}
