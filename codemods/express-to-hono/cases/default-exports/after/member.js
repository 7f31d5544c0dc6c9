const app = require('./common');
const { serve } = require('@hono/node-server');
const { listensItself } = require('./express-parity');

exports.app = app;
exports.server = serve({ fetch: app.fetch, port: 3003 });
listensItself(module.exports);
