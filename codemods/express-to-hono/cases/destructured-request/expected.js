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
  query: parsedQuery,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.use(jsonBody());

app.post('/a/:id', (c) => {
  const body = c.get('body');
  const { id } = c.req.param();
  return c.json({ id, body });
});

app.post('/b', (c) => {
  const body = c.get('body');
  const { deep } = parsedQuery(c);
  const { authorization } = c.req.header();
  return c.json({ body, deep, authorization });
});

app.get('/c', (c) => c.json(parsedQuery(c)));

module.exports = app;
