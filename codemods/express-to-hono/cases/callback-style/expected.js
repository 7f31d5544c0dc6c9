const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  query,
  send,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

const fs = require('fs');

app.get('/a', (c) => {
  return new Promise((resolve, reject) => fs.readFile('a.txt', 'utf8', (err, text) => {
    if (err) return reject(err);
    resolve(send(c, text));
  }));
});

app.get('/b', (c) => {
  if (!query(c).file) return c.text('Bad Request', 400);
  return new Promise((resolve, reject) => fs.stat(query(c).file, (err, stat) => {
    if (err) {
      reject(err);
    } else {
      fs.readFile(query(c).file, (failure, bytes) => {
        if (failure) return reject(failure);
        c.header('X-Size', String(stat.size));
        resolve(send(c, bytes));
      });
    }
  }));
});

module.exports = app;
