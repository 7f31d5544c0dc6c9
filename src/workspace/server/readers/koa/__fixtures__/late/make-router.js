const Router = require('@koa/router');

module.exports = function makeRouter() {
  const router = new Router();
  router.get('/count', (ctx) => {
    ctx.body = 1;
  });
  return router;
};
