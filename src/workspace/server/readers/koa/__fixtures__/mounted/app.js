import Router from '@koa/router';
import Koa from 'koa';
import compose from 'koa-compose';
import mount from 'koa-mount';
import { adminRoutes } from './admin.js';
import { register } from './register.js';

const app = new Koa();
const admin = new Koa();
admin.use(adminRoutes());
app.use(mount('/admin', admin));

const status = new Router();
status.get('/status', (ctx) => {
  ctx.body = 'up';
});
app.use(compose([status.routes(), status.allowedMethods()]));
app.use(
  mount('/static', async (ctx) => {
    ctx.body = 'a file';
  }),
);
register(app);

app.listen(Number(process.env.PORT) || 0);
