const { Hono } = require('hono');
const { conditionalGet, errorPage, nestedQuery } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());
app.onError(errorPage);

const fs = require('fs');

app.get('/a', (c) => {
  return new Promise((resolve, reject) => fs.readFile('a.txt', 'utf8', (err, text) => {
    if (err) return reject(err);
    resolve(c.html(text));
  }));
});

app.get('/b', (c) => {
  if (!c.req.query('file')) return c.text('Bad Request', 400);
  return new Promise((resolve, reject) => fs.stat(nestedQuery(c).file, (err, stat) => {
    if (err) {
      reject(err);
    } else {
      fs.readFile(nestedQuery(c).file, (failure, bytes) => {
        if (failure) return reject(failure);
        c.header('X-Size', String(stat.size));
        c.header('Content-Type', 'application/octet-stream');
        resolve(c.body(bytes));
      });
    }
  }));
});

module.exports = app;
