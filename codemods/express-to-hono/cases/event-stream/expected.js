const { Hono } = require('hono');
const { stream } = require('hono/streaming');

const app = new Hono({ strict: false });

app.get('/ticks', (c) => {
  c.header('Content-Type', 'text/event-stream; charset=utf-8');
  c.header('Cache-Control', 'no-cache');
  return stream(c, (stream) => new Promise((resolve) => {
    const timer = setInterval(() => {
      stream.write(`data: ${Date.now()}\n\n`);
    }, 1000);
    stream.onAbort(() => {
      clearInterval(timer);
      resolve();
    });
  }));
});

module.exports = app;
