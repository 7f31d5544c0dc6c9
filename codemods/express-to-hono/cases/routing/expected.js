const { Hono } = require('hono');
const {
  chained,
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  param,
  poweredBy,
  redirect,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

const router = new Hono();
const guard = (_c, next) => next();

const idParam = param('id', async (c, next, id) => {
  c.set('item', id);
  await next();
});
router
  // reading
  .get('/:id', chained('GET', 'PUT'), idParam, (c) => c.json({ item: c.get('item') }))
  .put('/:id', idParam, guard, guard, (c) => c.text('Accepted', 202));

app.use('/items/*', guard);
app.route('/items', router);
app.on('GET', ['/one', '/two'], (c) => c.json({ path: c.req.path }));
app.all('/old/(.*)', (c) => redirect(c, `/items/${c.req.param('0')}`, 301));

module.exports = app;
