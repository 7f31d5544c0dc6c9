import Router from '@koa/router';

const controllers = {
  '/one': { get: (ctx) => (ctx.body = 1), post: (ctx) => (ctx.body = 'made') },
  '/two': { get: (ctx) => (ctx.body = 2) },
};

export function register(app) {
  const router = new Router({ prefix: '/table' });
  for (const [path, methods] of Object.entries(controllers)) router.get(path, methods.get);
  router.put('/files/*rest', (ctx) => (ctx.body = ctx.params.rest));
  app.use(router.routes());
}
