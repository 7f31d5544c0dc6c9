const { Hono } = require('hono');
const { conditionalGet, nestedQuery } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());

app.get('/a', async (c) => {
  return c.json(await Promise.resolve(nestedQuery(c)));
});

module.exports = app;
