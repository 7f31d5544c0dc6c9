/** What the project's own tests ask an application of Koa's for. It can go once they use `app.request(…)`. */
import { createAdaptorServer, getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { onReport } from './errors.ts';

/** Gives an application `callback()`, `listen(…)` and the event `error`. */
export const nodeApp = (app: Pick<Hono, 'fetch'>): object => {
  const listensFor = (_event: 'error', fn: (error: unknown) => unknown) => onReport(fn);
  return Object.assign(app, {
    callback: () => getRequestListener(app.fetch),
    listen: (...args: []) => createAdaptorServer({ fetch: app.fetch }).listen(...args),
    ...{ once: listensFor, addListener: listensFor },
  });
};
