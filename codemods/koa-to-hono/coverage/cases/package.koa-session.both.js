/*
package: koa-session
cookies: true
mask: ['expires=[^;]*', 'koa.sess=[^;]*', 'koa.sess.sig=[^;]*']
requests: [GET /, GET /, GET /count, GET /clear, GET /count]
packages: ['@koa/router', koa-session]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const { createSession: session } = require('koa-session');

const app = new Koa();
const router = new Router();

app.keys = ['some secret'];
app.use(session(app));
router.get('/', (ctx) => {
  ctx.session.views = (ctx.session.views || 0) + 1;
  ctx.body = { views: ctx.session.views };
});
router.get('/count', (ctx) => {
  ctx.body = { views: ctx.session.views || 0, isNew: ctx.session.isNew };
});
router.get('/clear', (ctx) => {
  ctx.session = null;
  ctx.body = 'cleared';
});

app.use(router.routes());
app.listen(process.env.PORT);
