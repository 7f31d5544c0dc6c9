const app = require('./app');
const { createAdaptorServer } = require('@hono/node-server');
const { appSettings } = require('./express-parity');

const port = process.env.PORT;
appSettings.port = port;
createAdaptorServer({ fetch: app.fetch }).listen(port);
