const { Hono } = require('hono');
const { conditionalGet, nestedQuery, originalUrl } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());

const ok = (c, data) => c.json({ data });
const fail = (c, status, message) => {
  return c.json({ message, path: originalUrl(c) }, status);
};
const wanted = (c) => nestedQuery(c).wanted;

app.get('/a', (c) => {
  if (!wanted(c)) return fail(c, 400, 'wanted?');
  return ok(c, wanted(c));
});

module.exports = app;
