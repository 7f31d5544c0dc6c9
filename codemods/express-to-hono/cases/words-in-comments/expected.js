const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const { conditionalGet } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());
const items = new Hono();

// We do not throw here, and never call next(error).
app.get('/', (c) => {
  return c.json({ about: 'we throw nothing; see require("express") and next(new Error())' });
});

items.get('/', (c) => {
  try {
    // Nothing after it is asked, so there is no next() here.
    return c.json({ list: c.req.param('list'), hint: 'next()' });
  } catch (error) {
    return c.json({ error: 'next()' }, 500);
  }
});

app.route('/lists/:list/items', items);

serve({ fetch: app.fetch, port: process.env.PORT || '30||00' });
