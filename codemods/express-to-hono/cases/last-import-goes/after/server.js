const app = require('./app');
const { createAdaptorServer } = require('@hono/node-server');
const { expressApp } = require('./express-parity');

const port = process.env.PORT;
expressApp.set('port', port);
createAdaptorServer({ fetch: app.fetch }).listen(port);
