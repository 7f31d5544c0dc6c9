const { Hono } = require('hono');
const { conditionalGet } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());

const find = (id) => Promise.resolve(id > 3 ? { id } : null);

app.get('/a/:id', (c) => {
  return find(Number(c.req.param('id')))
    .then((row) => {
      if (!row) throw new Error('no such row');
      return c.json(row);
    });
});

app.get('/b', (c) => {
  return c.req.query('a') ? c.json({ a: 1 }) : c.json({ a: 0 }, 404);
});

app.get('/c', (c) => {
  return new Promise((resolve) => setTimeout(() => resolve(c.json({ later: true })), 10));
});

module.exports = app;
