const Koa = require('koa');
const Router = require('@koa/router');
const serverless = require('serverless-http');

const router = new Router();
router.get('/books', (ctx) => {
  ctx.body = [];
});
router.get('/books/:id', (ctx) => {
  ctx.body = { id: ctx.params.id };
});

const app = new Koa();
app.use(router.routes());
const answer = serverless(app, { basePath: '/library' });

module.exports.handler = async (event, context) => answer(event, context);
