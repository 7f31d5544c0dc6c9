const app = require('./common');
const { serve } = require('@hono/node-server');
const { listensItself } = require('./express-parity');

const server = serve({ fetch: app.fetch, port: 3002 });
module.exports = listensItself({ app, server });
