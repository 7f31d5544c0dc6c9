const { Hono } = require('hono');
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

function res(value) {
  return { json: () => value };
}

app.get('/a', (c) => {
  const req = { params: { id: 'mine' } };
  const next = (value) => value;
  [1].forEach((res) => console.log(res, next(req.params.id)));
  return c.json({ id: c.req.param('id'), own: res(1).json() });
});

module.exports = app;
