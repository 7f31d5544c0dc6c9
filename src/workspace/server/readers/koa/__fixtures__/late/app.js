const Koa = require('koa');
const Router = require('@koa/router');
const makeRouter = require('./make-router');

const app = new Koa();
const api = new Router({ prefix: '/api' });
const users = new Router();

users.get('/', (ctx) => {
  ctx.body = [];
});
api.use('/users', users.routes());
// Too late: the router above has copied what was there.
users.get('/:id', (ctx) => {
  ctx.body = ctx.params.id;
});

app.use(api.routes());
// In time: what the application asks is the router itself.
api.get('/health', (ctx) => {
  ctx.body = 'ok';
});

const notes = makeRouter();
notes.get('/open', (ctx) => {
  ctx.body = [];
});
const tasks = makeRouter();
tasks.post('/close', (ctx) => {
  ctx.body = {};
});
const all = new Router();
all.use('/notes', notes.routes()).use('/tasks', tasks.routes());
app.use(all.routes());

app.listen(process.env.PORT ?? 3000);
