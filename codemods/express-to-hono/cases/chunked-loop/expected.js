const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  streamResponse,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.get('/rows', async (c) => {
  c.header('Content-Type', 'text/plain');
  return streamResponse(c, async (stream) => {
    for (const row of ['a', 'b']) {
      await stream.write(`${row}\n`);
    }
  });
});

module.exports = app;
