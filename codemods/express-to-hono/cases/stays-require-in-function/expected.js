const { Hono } = require('hono');
const {
  besideExpress,
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
} = require('./express-parity');

function make() {
  const express = require('express');
  const hono = new Hono(expressRouting());
  hono.use(poweredBy(), etag(), contentLength(), charset());
  hono.notFound(notFound);
  hono.onError(errorPage);
  const app = besideExpress(hono, express());
  hono.get('/a', (c) => c.json({}));
  return app;
}

module.exports = make;
