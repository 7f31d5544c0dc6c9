/*
shape: one name on the context and on its state
requests: [{POST: /in/body, json: {a: 1}}, DELETE /in/ann, GET /in/both, GET /in/none, GET /in/taken]
packages: ['@koa/router', koa-bodyparser]
*/
const Koa = require('koa');
const Router = require('@koa/router');

const bodyParser = require('koa-bodyparser');

const app = new Koa();
const inner = new Router();
const outer = new Router();

inner.del('/:name', (ctx) => {
  ctx.user = ctx.params.name;
  ctx.body = ctx.state.user;
});
inner.get('/both', (ctx) => {
  ctx.user = 'on the context';
  ctx.state.user = 'on the state';
  ctx.body = { own: ctx.user, state: ctx.state.user };
});
inner.get('/none', (ctx) => {
  ctx.state.user = 'on the state';
  ctx.body = [ctx.user];
});
inner.get('/taken', (ctx) => {
  ctx.user = 'on the context';
  const { user } = ctx.state;
  ctx.body = [user];
});

inner.post('/body', bodyParser(), (ctx) => {
  ctx.state.body = 'on the state';
  ctx.body = { parsed: ctx.request.body, state: ctx.state.body };
});

outer.use('/in', inner.routes());
app.use(outer.routes());
app.listen(process.env.PORT);
