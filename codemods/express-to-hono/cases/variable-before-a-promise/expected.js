const { Hono } = require('hono');
const db = require('./db');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  jsonBody,
  notFound,
  poweredBy,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.use(jsonBody());
app.post('/users', (c) => {
  const body = c.get('body');
  return new Promise((resolve, reject) => db.hash(body.password, (err, hash) => {
    if (err) return reject(err);
    db.run('INSERT', [body.name, hash], (err) => {
      if (err) return reject(err);
      resolve(c.json({ name: body.name }, 201));
    });
  }));
});

module.exports = app;
