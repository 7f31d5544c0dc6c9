const fs = require('node:fs');
const https = require('node:https');
const { createAdaptorServer } = require('@hono/node-server');
const { conditionalGet, sendLoosely } = require('./express-parity');
const { Hono } = require('hono');

const app = new Hono({ strict: false });
app.use(conditionalGet());
app.get('/', (c) => {
  return sendLoosely(c, new URL(c.req.url).protocol.slice(0, -1));
});

const server = createAdaptorServer({ fetch: app.fetch, createServer: https.createServer, serverOptions: { key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem') } });
server.listen(8443);
