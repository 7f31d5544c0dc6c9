const Router = require('@koa/router');
const users = require('./users');
const posts = require('./posts');
const { requireUser } = require('../middleware');

const router = new Router({ prefix: '/api' });
router.use(requireUser);
router.use('/users', users.routes(), users.allowedMethods());
router.use(posts.routes());
for (const name of ['tags', 'topics']) {
  router.get(`/${name}`, async (ctx) => {
    ctx.body = [name];
  });
}

module.exports = router;
