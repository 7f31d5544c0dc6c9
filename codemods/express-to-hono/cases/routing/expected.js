const { Hono } = require('hono');
const { conditionalGet } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());

const router = new Hono();
const guard = (_c, next) => next();

const idParam = async (c, next) => {
  const id = c.req.param('id');
  c.set('item', id);
  await next();
};
router
  // reading
  .get('/:id', idParam, (c) => c.json({ item: c.get('item') }))
  .put('/:id', idParam, guard, guard, (c) => c.text('Accepted', 202));

app.use('/items/*', guard);
app.route('/items', router);
app.on('GET', ['/one', '/two'], (c) => c.json({ path: new URL(c.req.url).pathname }));
app.all('/old/:rest{.+}', (c) => c.redirect(`/items/${c.req.param('rest')}`, 301));

module.exports = app;
