const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const { bridge, cookies, expressRouting, jsonBody, poweredBy } = require('./express-parity.cjs');
const { at } = require('./spy.cjs');

const options = { trust: 1, locals: ['title'] };
const app = new Hono(expressRouting({ version: require('./package.json').express }));
app.use(poweredBy());
app.use(bridge(at('first'), options));
app.use('/below/*', bridge(at('below'), options));
app.use(jsonBody(), cookies('a secret'));
app.use((c, next) => {
  c.set('user', { id: 7 });
  c.set('title', 'a title');
  return next();
});
app.use(bridge(at('parsed'), options));
serve({ fetch: app.fetch, port: Number(process.env.PORT) });
