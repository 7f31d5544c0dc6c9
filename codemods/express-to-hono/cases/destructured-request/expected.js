const { Hono } = require('hono');
const { conditionalGet, jsonBody, nestedQuery } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());

app.use(jsonBody());

app.post('/a/:id', (c) => {
  const body = c.get('body');
  const { id } = c.req.param();
  return c.json({ id, body });
});

app.post('/b', (c) => {
  const body = c.get('body');
  const { deep } = nestedQuery(c);
  const { authorization } = c.req.header();
  return c.json({ body, deep, authorization });
});

app.get('/c', (c) => c.json(nestedQuery(c)));

module.exports = app;
