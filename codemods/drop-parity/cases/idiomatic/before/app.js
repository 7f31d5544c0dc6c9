const { Hono } = require('hono');
const { conditionalGet } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());
app.get('/old', (c) => c.redirect('/new'));
app.get('/new', (c) => c.json({ owner: JSON.parse(c.req.header('X-Owner')) }));

module.exports = app;
