import { create as contentDisposition } from 'content-disposition';
import { type Context, Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Env } from '../../env.ts';
import type { Client } from '../../http/client.ts';
import { ConflictError, UnauthorizedError } from '../../http/errors.ts';
import { tagged, taggedJson } from '../../http/etag.ts';
import { paginate } from '../../http/pagination.ts';
import { param } from '../../http/param.ts';
import { requireUser } from '../../middleware/authentication.ts';
import { validBody, validQuery } from '../../middleware/validate.ts';
import type { Order, OrderLine } from '../../store/orders.ts';
import type { User } from '../../store/sessions.ts';
import { BASKET_COOKIE, clearBasketCookie } from '../basket/cookie.ts';

const checkoutBody = z.object({ paymentToken: z.string().startsWith('tok_') });
const orderPage = z.object({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(20).default(10),
});

type OrderDeps = Pick<Deps, 'baskets' | 'catalog' | 'orders' | 'payments'> & {
  client: (c: Context) => Client;
};

function userOf(c: Context<Env>): User {
  const user = c.get('user');
  if (!user) throw new UnauthorizedError();
  return user;
}

function summary({ id, status, totalCents, currency, placedAt }: Order) {
  return { id, status, totalCents, currency, placedAt };
}

export function ordersRoutes({ baskets, catalog, orders, payments, client }: OrderDeps): Hono<Env> {
  const routes = new Hono<Env>();
  const find = (c: Context<Env>): Promise<Order> => orders.find(Number(param(c, 'orderId')), userOf(c));

  routes.use(requireUser());

  routes.post('/', async (c) => {
    const { paymentToken } = validBody(c, checkoutBody);
    const basketId = getCookie(c, BASKET_COOKIE);
    const basket = baskets.find(basketId);
    if (!basketId || !basket || basket.size === 0) throw new ConflictError('the basket is empty');

    const lines: OrderLine[] = [];
    for (const [sku, count] of basket) {
      const { name, cents, stock } = await catalog.find(sku);
      if (stock < count) throw new ConflictError(`only ${stock} of ${sku} left`);
      lines.push({ sku, name, count, cents: cents * count });
    }
    const totalCents = lines.reduce((sum, line) => sum + line.cents, 0);

    const paymentId = await payments.charge(paymentToken, totalCents);
    for (const line of lines) await catalog.take(line.sku, line.count);
    const order = await orders.place({
      userId: userOf(c).id,
      lines,
      totalCents,
      currency: c.get('currency'),
      paymentId,
      placedFrom: client(c).ip,
    });

    baskets.drop(basketId);
    clearBasketCookie(c);
    return c.json(order, 201, { Location: `/orders/${order.id}` });
  });

  routes.get('/', async (c) => {
    const page = validQuery(c, orderPage);
    const mine = await orders.of(userOf(c));
    return taggedJson(c, paginate(c, mine, page).map(summary));
  });

  routes.get('/:orderId', async (c) => taggedJson(c, await find(c)));

  routes.get('/:orderId/invoice', async (c) => {
    const order = await find(c);
    const lines = order.lines.map((line) => `${line.count} x ${line.name}: ${(line.cents / 100).toFixed(2)}`);
    const text = [
      `Invoice ${order.id}`,
      ...lines,
      `Total: ${(order.totalCents / 100).toFixed(2)} ${order.currency}`,
      client(c).url(`/orders/${order.id}`),
      '',
    ].join('\n');
    c.header('Content-Disposition', contentDisposition(`invoice-${order.id}.txt`));
    return tagged(c, text, 'text/plain; charset=utf-8');
  });

  routes.post('/:orderId/cancel', async (c) => c.json(summary(await orders.cancel(await find(c)))));

  return routes;
}
