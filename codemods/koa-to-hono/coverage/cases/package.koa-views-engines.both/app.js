/*
package: koa-views with engines by name
requests:
  - GET /
  - GET /deep
  - GET /status
  - GET /helper
  - GET /given
  - GET /missing
  - {GET: /after, headers: {Accept: text/html}}
  - GET /broken
packages: ['@koa/router', koa-views, ejs]
*/
const path = require('path');
const Koa = require('koa');
const Router = require('@koa/router');
const views = require('koa-views');

const app = new Koa();
const router = new Router();

app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    ctx.status = error.status || (error.code === 'ENOENT' ? 410 : 500);
    ctx.body = 'caught';
  }
});
app.use(views(path.join(__dirname, 'views'), { map: { html: 'ejs' }, options: { site: 'a <site>' } }));
app.use(async (ctx, next) => {
  ctx.state.user = { name: 'Ada & Bob' };
  await next();
});

async function show(ctx, title) {
  await ctx.render('page', { title, name: 'helper' });
}

router.get('/', async (ctx) => {
  ctx.state.title = 'Home';
  await ctx.render('page', { name: 'Ada' });
});
router.get('/deep', async (ctx) => {
  await ctx.render('deep');
});
router.get('/status', async (ctx) => {
  ctx.status = 201;
  ctx.set('X-Made', 'yes');
  await ctx.render('page.html', { title: 'Made', name: 'now' });
});
router.get('/helper', async (ctx) => {
  await show(ctx, 'Helped');
});
router.get('/given', (ctx) => ctx.render('page', { title: 'Given', name: 'back' }));
router.get('/missing', async (ctx) => {
  await ctx.render('nowhere');
});
router.get('/after', async (ctx) => {
  if (ctx.get('Accept') !== 'text/html') {
    ctx.body = { plain: true };
    return;
  }
  await ctx.render('page', { title: 'After', name: 'all' });
});
router.get('/broken', async (ctx) => {
  try {
    await ctx.render('page', { name: 'no title' });
  } catch (error) {
    ctx.status = 500;
    ctx.body = { error: error.name };
  }
});
app.use(router.routes());
app.listen(process.env.PORT);
