const { Hono } = require('hono');
const addNote = require('./routes/add');
const { listInHono, countInHono } = require('./routes/list');
const { requireKeyInHono, countedInHono } = require('./guards');
const { answerErrorInHono } = require('./errors');
const { serve } = require('@hono/node-server');
const { conditionalGet, jsonBody } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());
app.use(jsonBody());
app.use(countedInHono);
app.get('/notes', requireKeyInHono(['a']), listInHono);
app.post('/notes', requireKeyInHono(['a']), addNote.inHono);
app.get('/count', countInHono);
app.get('/fails', () => {
  throw new Error('as it should');
});
app.onError(answerErrorInHono);
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 0) });
