const { Hono } = require('hono');

const app = new Hono({ strict: false });
const api = new Hono();

app.use(async (c, next) => {
  await next();
  console.log(c.req.method, new URL(c.req.url).pathname);
});
api.get('/x', (c) => {
  return c.json({ x: 1 });
});
app.route('/api', api);

module.exports = app;
