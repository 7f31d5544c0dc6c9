import type { Codemod } from '../../src/codemod/contract.ts';
import { run } from './run.ts';

/** Koa applications, with any of its routers, become Hono applications that answer the same. */
const codemod: Codemod = {
  id: 'koa-to-hono',
  title: 'Koa to Hono',
  from: 'koa',
  to: 'hono',
  description:
    'Rewrites applications, routers, handlers, middleware and the entry; where the application cannot go as a whole, it stays Koa’s and calls handlers of Hono.',
  options: [
    {
      name: 'target',
      description: 'where it will run',
      values: ['node', 'bun', 'deno', 'workers'],
      default: 'node',
    },
    {
      name: 'koa',
      description: '`stays`: the application stays Koa’s, and its handlers become Hono’s one by one',
      values: ['goes', 'stays'],
      default: 'goes',
    },
    {
      name: 'trust',
      description: 'a package whose middleware runs inside Hono as it is, although nobody compared it',
      repeat: true,
      default: [],
    },
  ],
  prefilter: /['"](?:koa|@koa\/router|koa-router)['"]/,
  run,
};

export default codemod;
