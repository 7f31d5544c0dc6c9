'use strict';

const app = require('../app');
const config = require('../config');
const stopOnSignal = require('./stop');

// Bun ends a connection after ten quiet seconds; an event stream says nothing for fifteen.
const server = Bun.serve({ fetch: app.fetch, port: config.port, idleTimeout: 0 });
console.log(`express-notes listening on port ${server.port}`);
stopOnSignal(() => server.stop());
