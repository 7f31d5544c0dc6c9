const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const createError = require('http-errors');
const { errorPage } = require('./http/errors');

const app = new Hono({ strict: false });
app.notFound((c) => c.text('Not Found', 404));
app.onError(errorPage);
app.use(async (c) => {
  throw createError(404, 'no such note');
});
serve({ fetch: app.fetch, port: 3000 });
