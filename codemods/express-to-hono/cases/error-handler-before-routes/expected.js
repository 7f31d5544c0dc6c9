const { Hono } = require('hono');
const {
  addErrorHandler,
  charset,
  contentLength,
  etag,
  expressRouting,
  notFound,
  poweredBy,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);

addErrorHandler(app, (err, c) => {
  return c.json({ error: err.message }, 500);
});
app.get('/a', (c) => c.json({}));

module.exports = app;
