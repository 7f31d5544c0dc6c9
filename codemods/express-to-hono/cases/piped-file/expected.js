const { Hono } = require('hono');
const { Readable } = require('node:stream');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

const fs = require('fs');

app.get('/log', (c) => {
  c.header('Content-Type', 'text/plain');
  return c.body(Readable.toWeb(fs.createReadStream('app.log')), { headers: { 'Transfer-Encoding': 'chunked' } });
});

module.exports = app;
