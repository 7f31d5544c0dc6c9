const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const {
  conditionalGet,
  errorPage,
  expressRouting,
  jsonBody,
  nestedFormBody,
  nestedQuery,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(conditionalGet());
app.onError(errorPage);

app.use(jsonBody());
app.use(nestedFormBody());

// A repeated key is a list here, and `filter` an object.
app.get('/notes', (c) => {
  return c.json({ tags: [].concat(nestedQuery(c).tag ?? []), owner: nestedQuery(c).filter?.owner });
});

app.post('/notes', (c) => {
  const body = c.get('body');
  if (!body.text) throw Object.assign(new Error('no text'), { status: 422 });
  return c.json({ text: body.text }, 201);
});

app.get('/files/:name.:ext', (c) => {
  return c.json(c.req.param());
});

serve({ fetch: app.fetch, port: 3000 });
