const { Hono } = require('hono');
const receive = require('./middleware/receive');

const app = new Hono();
app.post('/files', receive.single('file'), (c) => c.json(c.get('file')));

module.exports = app;
