/*
shape: a class that extends Koa, handlers of a class, and a table of routes
requests:
  - GET /a
  - GET /b?q=x
  - GET /things/7
  - {DELETE: /things/7, headers: {X-Key: yes}}
  - DELETE /things/7
  - GET /old
  - GET /nowhere
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

class Things {
  static async show(ctx) {
    ctx.body = { id: ctx.params.id };
  }

  static async remove(ctx) {
    if (!ctx.get('X-Key')) ctx.throw(403, 'no key');
    ctx.status = 204;
  }
}

const table = [
  { method: 'get', path: '/a', handler: async (ctx) => { ctx.body = 'a'; } },
  { method: 'get', path: '/b', handler: async (ctx) => { ctx.body = { b: ctx.query.q }; } },
];

class Server extends Koa {
  constructor() {
    super();
    this.before();
    this.routes();
  }

  before() {
    this.use(async (ctx, next) => {
      ctx.set('X-Served', 'yes');
      await next();
    });
  }

  routes() {
    const router = new Router();
    for (const { method, path, handler } of table) router[method](path, handler);
    router.get('/things/:id', Things.show);
    router.delete('/things/:id', Things.remove);
    router.get('/old', async (ctx) => {
      ctx.req.on('end', () => {});
      ctx.body = ctx.req.httpVersion;
    });
    this.use(router.routes());
  }
}

new Server().listen(process.env.PORT);
