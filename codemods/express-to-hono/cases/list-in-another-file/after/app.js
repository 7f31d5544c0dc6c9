// The office prints a label for each parcel that passes, late at night, so nothing here waits for the printer at all.
// What was taken back before is left out; the labels of the day before are kept for a week and are then thrown away.
const { Hono } = require('hono');
const open = require('./open');
const guarded = require('./guard');
const { serve } = require('@hono/node-server');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
app.get('/labels', ...open.forAll, (c) => c.json([]));
app.get('/labels/:id', ...open.forAll, ...guarded('https://office.example'), (c) => c.json(c.req.param('id')));
serve({ fetch: app.fetch, port: 3000 });
