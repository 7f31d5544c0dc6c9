'use strict';

const app = require('../app');
const config = require('../config');
const stopOnSignal = require('./stop');

const onListen = ({ port }) => console.log(`express-notes listening on port ${port}`);
const server = Deno.serve({ port: config.port, onListen }, app.fetch);
stopOnSignal(() => server.shutdown());
