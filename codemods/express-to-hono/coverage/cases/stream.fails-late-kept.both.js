/*
shape: stream fails late
variant: the failure is given to next
requests:
  - GET /pipe
  - GET /pipeline
  - GET /write
  - GET /events
  - GET /guarded
  - GET /middleware
  - GET /ok
*/
const { Readable, pipeline } = require('node:stream');
const express = require('express');

const app = express();
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const broken = () =>
  Readable.from(
    (async function* () {
      yield 'first part ';
      await wait(80);
      throw new Error('the source went away');
    })(),
  );
let late = 0;
app.get('/pipe', (req, res, next) => {
  res.type('text/plain');
  broken().on('error', next).pipe(res);
});
app.get('/pipeline', (req, res, next) => {
  res.type('text/plain');
  pipeline(broken(), res, (err) => {
    if (err) next(err);
  });
});
app.get('/write', (req, res, next) => {
  res.write('first part ');
  setTimeout(() => next(new Error('too late')), 80);
});
app.get('/events', async (req, res, next) => {
  try {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for await (const part of broken()) res.write(`data: ${part}\n\n`);
    res.end();
  } catch (err) {
    next(err);
  }
});
app.get('/guarded', async (req, res, next) => {
  try {
    for await (const part of broken()) res.write(part);
    res.end();
  } catch (err) {
    if (!res.headersSent) return res.status(502).send('no source');
    next(err);
  }
});
app.use('/middleware', (req, res, next) => {
  res.setHeader('X-Begun', 'yes');
  res.write('first part ');
  setTimeout(() => next(new Error('too late')), 80);
});
app.get('/ok', (req, res) => {
  res.json(late);
});
app.use((err, req, res, next) => {
  if (err.message === 'too late') late += 1;
  res.status(500).json({ caught: err.message });
});
app.listen(process.env.PORT);
