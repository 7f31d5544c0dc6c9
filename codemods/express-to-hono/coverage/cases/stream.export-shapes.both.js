/*
shape: exports that are streamed
requests:
  - GET /export.csv
  - GET /export.csv?fail=before
  - GET /export.csv?fail=after
  - GET /report
  - GET /report?fail=before
  - GET /report?fail=after
  - GET /file
  - GET /file?name=none
  - GET /late
  - GET /ok
*/
const fs = require('node:fs');
const { Readable } = require('node:stream');
const express = require('express');

const app = express();
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const handle = (fn) => (req, res, next) => fn(req, res, next).catch(next);
async function* cursor(fail) {
  await wait(20);
  if (fail === 'before') throw Object.assign(new Error('no connection'), { status: 503 });
  yield { id: 1, name: 'one' };
  await wait(80);
  if (fail === 'after') throw new Error('connection lost');
  yield { id: 2, name: 'two' };
}
app.get('/export.csv', async (req, res, next) => {
  try {
    res.setHeader('Content-Type', 'text/csv');
    res.attachment('export.csv');
    for await (const row of cursor(req.query.fail)) {
      res.write(`${row.id},${row.name}\n`);
    }
    res.end();
  } catch (err) {
    next(err);
  }
});
app.get('/report', handle(async (req, res) => {
  res.type('txt');
  res.write('report\n');
  const rows = [];
  for await (const row of cursor(req.query.fail)) rows.push(row.name);
  res.write(rows.join(','));
  res.end();
}));
app.get('/file', (req, res) => {
  const stream = fs.createReadStream(req.query.name || __filename, { end: 10 });
  stream.on('error', (err) => {
    res.status(404).json({ error: err.code });
  });
  stream.pipe(res);
});
app.get('/late', (req, res, next) => {
  res.type('txt');
  const source = Readable.from(cursor('after')).map((row) => row.name);
  source.on('error', (err) => {
    if (res.headersSent) res.destroy(err);
    else next(err);
  });
  source.pipe(res);
});
app.get('/ok', (req, res) => res.send('ok'));
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ message: err.message });
});
app.listen(process.env.PORT);
