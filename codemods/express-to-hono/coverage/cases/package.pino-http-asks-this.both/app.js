/*
package: pino-http
variant: a release that asks the response as `this` of its listener, as those before 6 do
requests:
  - GET /
  - POST /made
  - GET /broken
  - GET /missing
  - GET /lines
*/
const express = require('express');
const pinoHttp = require('pino-http');

const app = express();
const lines = [];
app.use(pinoHttp({}, { write: (line) => lines.push(line) }));
app.get('/', (req, res) => {
  req.log.info('in the handler');
  res.json('here');
});
app.post('/made', (req, res) => {
  res.status(201).json({});
});
app.get('/broken', (req, res) => {
  throw new Error('broken');
});
app.get('/lines', (req, res) => {
  res.json(lines);
});
app.use((err, req, res, next) => {
  req.log.info('failed');
  res.status(500).json(err.message);
});
app.listen(process.env.PORT);
