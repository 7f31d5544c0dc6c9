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
  try {
    if (!query(c).a) return Promise.reject(new Error('a is needed'));
    return c.json(await Promise.resolve(query(c).a));
  } catch (err) {
    return c.json({ error: err.message }, 502);
  }
});

app.get('/b', async (c) => {
  try {
    const a = await Promise.resolve(1);
    return c.json({ a });
  } finally {
    console.log('done');
  }
});

module.exports = app;
