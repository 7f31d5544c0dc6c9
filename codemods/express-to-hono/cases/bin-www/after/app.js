const { Hono } = require('hono');
const { conditionalGet, render } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());
app.get('/', (c) => render(c, 'home'));

module.exports = app;
