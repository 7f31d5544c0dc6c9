'use strict';

const { promisify } = require('node:util');
const { serve } = require('@hono/node-server');
const app = require('../app');
const config = require('../config');
const stopOnSignal = require('./stop');

const server = serve({ fetch: app.fetch, port: config.port }, ({ port }) => {
  console.log(`express-notes listening on port ${port}`);
});
stopOnSignal(promisify(server.close.bind(server)));
