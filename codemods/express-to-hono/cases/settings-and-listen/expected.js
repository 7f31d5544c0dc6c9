const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  listensItself,
  notFound,
} = require('./express-parity');

const app = new Hono(expressRouting({ caseSensitive: true }));
app.use(etag({ weak: false }), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);


app.get('/a', (c) => c.json({}));

const port = process.env.PORT || 3000;
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => console.log(`on ${port}`));

module.exports = listensItself(app);
