const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  query,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.get('/a', async (c) => {
  const name = query(c).name;
  try {
    const name = await Promise.resolve('inner');
    return c.json({ name, text: `one
  two` });
  } catch (err) {
    throw err;
  }
});

module.exports = app;
