const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  neverAnswers,
  notFound,
  poweredBy,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.get('/a', (c) => {
  if (c.req.param('a') === 'a') {
    return c.json({});
  }
  return neverAnswers();
});
app.get('/b', (c) => {
  if (c.req.param('b') === 'b') return neverAnswers();
  return c.json({});
});
app.get('/c', async (c, next) => {
  if (c.req.param('c') === 'c') {
    await next();
  } else if (c.req.param('c') === 'd') {
    return c.json({});
  } else {
    return neverAnswers();
  }
});

module.exports = app;
