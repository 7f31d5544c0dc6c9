'use strict';

const { stream } = require('hono/streaming');
const events = require('../store/events');
const { taggedJson } = require('../http/etag');

const KEEP_ALIVE_MS = 15000;

function write(out, event) {
  out.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`);
}

/**
 * Server-sent events: first what the client missed (`Last-Event-ID` or `?since=`), then live.
 * `?limit=N` ends the stream after N events.
 */
exports.stream = (c) => {
  const since = Number(c.req.header('Last-Event-ID') || c.req.query('since') || 0);
  let left = Number(c.req.query('limit')) || Infinity;

  c.header('Content-Type', 'text/event-stream');
  c.header('Cache-Control', 'no-cache, no-transform');
  c.header('X-Accel-Buffering', 'no');
  return stream(
    c,
    (out) =>
      new Promise((resolve) => {
        out.write('retry: 2000\n\n');
        const keepAlive = setInterval(() => out.write(': keep-alive\n\n'), KEEP_ALIVE_MS);
        const unsubscribe = events.subscribe(send, stop);

        function send(event) {
          if (left <= 0) return;
          write(out, event);
          left -= 1;
          if (left === 0) stop();
        }

        function stop() {
          clearInterval(keepAlive);
          unsubscribe();
          resolve();
        }

        out.onAbort(stop);
        for (const event of events.since(since)) send(event);
      }),
  );
};

exports.recent = (c) => {
  const since = Number(c.req.query('since')) || 0;
  return taggedJson(c, { events: events.since(since), subscribers: events.subscribers() });
};
