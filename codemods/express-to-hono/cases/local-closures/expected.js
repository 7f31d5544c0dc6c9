const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  jsonBody,
  notFound,
  poweredBy,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.post('/a', jsonBody(), (c) => {
  const refuse = (message) => c.json({ message }, 422);
  const body = c.get('body');
  if (!body.a) return refuse('a');
  if (!body.b) {
    return refuse('b');
  }
  return c.json(body);
});

module.exports = app;
