const Router = require('@koa/router');

const router = new Router();

router
  .param('id', async (id, ctx, next) => {
    ctx.state.id = id;
    await next();
  })
  .get('/', async function list(ctx) {
    ctx.body = [];
  })
  .get('/:id', async (ctx) => {
    ctx.body = ctx.state.id;
  })
  .post('/', create);

async function create(ctx) {
  ctx.status = 201;
}

module.exports = router;
