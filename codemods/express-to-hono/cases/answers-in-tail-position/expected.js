const { Hono } = require('hono');
const { conditionalGet } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());

app.get('/a', (c) => c.json({ id: c.req.param('id') }));

app.get('/b/:id', (c) => {
  if (!c.req.param('id')) {
    return c.json({ error: 'id' }, 400);
  } else {
    return c.json({ id: c.req.param('id') }); // found
  }
});

app.get('/c', (c) => {
  if (c.req.query('q')) {
    return c.html('<p>yes</p>');
  }
  return c.body(null, 204);
});

module.exports = app;
