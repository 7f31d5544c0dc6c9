/*
package: koa-views
requests: [GET /, GET /none, GET /other]
packages: ['@koa/router', koa-views, ejs]
*/
const path = require('path');
const Koa = require('koa');
const Router = require('@koa/router');
const views = require('koa-views');

const app = new Koa();
const router = new Router();

app.use(views(path.join(__dirname, 'views'), { extension: 'ejs' }));
router.get('/', async (ctx) => {
  ctx.state.title = 'Home';
  await ctx.render('index', { name: 'Ada' });
});
router.get('/other', (ctx) => {
  ctx.body = 'other';
});
app.use(router.routes());
app.listen(process.env.PORT);
