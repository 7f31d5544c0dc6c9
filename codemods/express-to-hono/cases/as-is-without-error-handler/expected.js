const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const { bridgeHeaders, errorPage, expressAnswers } = require('./express-parity');

const app = new Hono({ strict: false });
app.onError(errorPage);

app.use(bridgeHeaders((req, res, next) => {
  if (req.headers['x-key'] !== 'k') return next(Object.assign(new Error('no key'), { status: 401 }));
  req.headers['x-user'] = 'ada';
  next();
}, { lend: expressAnswers }));
app.get('/', (c) => {
  return c.body(null, 204);
});

serve({ fetch: app.fetch, port: 3000 });
