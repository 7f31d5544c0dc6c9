/*
shape: an ES module
requests: [GET /, GET /x]
packages: ['@koa/router']
*/
import Router from '@koa/router';
import Koa from 'koa';

const app = new Koa();
const router = new Router();
const list = async (ctx) => {
  ctx.body = [{ id: 1 }];
};

router.get('/', list);
app.use(router.routes());

const port = process.env.PORT || 3000;
app.listen(port, () => {
  console.log(`listening on ${port}`);
});
