import Router from '@koa/router';

export function adminRoutes() {
  const router = new Router();
  router.get('/', (ctx) => {
    ctx.body = 'admin';
  });
  router.patch('/settings/:name', (ctx) => {
    ctx.body = ctx.params.name;
  });
  return router.routes();
}
