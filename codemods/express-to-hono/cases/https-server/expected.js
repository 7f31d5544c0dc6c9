const fs = require('node:fs');
const https = require('node:https');
const { createAdaptorServer } = require('@hono/node-server');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  protocol,
  send,
} = require('./express-parity');
const { Hono } = require('hono');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
app.get('/', (c) => {
  return send(c, protocol(c));
});

const server = createAdaptorServer({ fetch: app.fetch, createServer: https.createServer, serverOptions: { key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem') } });
server.listen(8443);
