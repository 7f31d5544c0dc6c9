const path = require('path');
const router = require('@koa/router')();
const Koa = require('koa');

const app = new Koa();

router.get('/', (ctx) => {
  ctx.body = { file: path.basename('/a/b.txt') };
});
app.use(router.routes());
app.listen(process.env.PORT);
