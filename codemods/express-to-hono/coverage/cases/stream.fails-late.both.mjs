/*
shape: stream fails late
requests:
  - GET /loop
  - GET /before
  - GET /written
  - GET /helper
  - GET /pipeline
  - GET /events
  - GET /ok
*/
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express from 'express';

const app = express();
const wrap = (handler) => (req, res, next) => Promise.resolve(handler(req, res, next)).catch(next);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function* rows(before) {
  await wait(30);
  if (before) throw new Error('no rows');
  yield 'first row\n';
  await wait(80);
  throw new Error('the rows went away');
}
app.get('/loop', wrap(async (req, res) => {
  res.type('text');
  for await (const row of rows(false)) res.write(row);
  res.end();
}));
app.get('/before', wrap(async (req, res) => {
  res.type('text');
  for await (const row of rows(true)) res.write(row);
  res.end();
}));
app.get('/written', wrap(async (req, res) => {
  res.type('text');
  res.write('first\n');
  await wait(80);
  await rows(true).next();
  res.write('second\n');
  res.end();
}));
async function writeAll(res, source) {
  for await (const row of source) res.write(row);
}
app.get('/helper', wrap(async (req, res) => {
  res.type('text');
  res.write('first\n');
  await writeAll(res, rows(false));
  res.end();
}));
app.get('/pipeline', wrap(async (req, res) => {
  res.type('text');
  await pipeline(Readable.from(rows(false)), res);
}));
app.get('/events', wrap(async (req, res) => {
  res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  res.flushHeaders();
  for await (const row of rows(false)) res.write(`data: ${row}\n`);
  res.end();
}));
app.get('/ok', (req, res) => res.send('ok'));
app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(502).json({ caught: err.message });
});
app.listen(process.env.PORT);
