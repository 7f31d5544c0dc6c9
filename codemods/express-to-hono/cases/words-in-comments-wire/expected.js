const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
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

app.use(async (c, next) => {
  const started = Date.now();
  console.log('a return is taken by', c.req.method); // no return here
  await next();
  console.log('answered', Date.now() - started);
});

app.get('/', (c) => {
  return c.json({ about: "const express = require('express')" });
});

serve({ fetch: app.fetch, port: 3000 });
