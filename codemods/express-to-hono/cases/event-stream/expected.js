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

app.get('/ticks', (c) => {
  c.header('Content-Type', 'text/event-stream; charset=utf-8');
  c.header('Cache-Control', 'no-cache');
  return streamResponse(c, (stream) => new Promise((resolve) => {
    const timer = setInterval(() => {
      stream.write(`data: ${Date.now()}\n\n`);
    }, 1000);
    stream.onAbort(() => {
      clearInterval(timer);
      resolve();
    });
  }), { flushed: true });
});

module.exports = app;
