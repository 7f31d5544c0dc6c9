/*
package: express-pino-logger
packages: [express-pino-logger]
requests:
  - GET /
  - { POST: /made?a=1, body: '{"a":1}', type: application/json }
  - GET /broken
  - GET /missing
  - GET /lines
*/
const express = require('express');
const pinoLogger = require('express-pino-logger');

const app = express();
const lines = [];
const write = (line) => {
  const { level, msg, req, res, err } = JSON.parse(line);
  lines.push([level, msg, req.id, req.method, req.url, res && res.statusCode, err && err.message].join(' '));
};
app.use(pinoLogger({ genReqId: (req) => `id ${req.url}` }, { write }));
app.use(express.json());
app.get('/', (req, res) => {
  req.log.info('in the handler');
  res.json(req.id);
});
app.post('/made', (req, res) => {
  res.status(201).json(req.body);
});
app.get('/broken', (req, res) => {
  throw new Error('broken');
});
app.get('/lines', (req, res) => {
  res.json(lines);
});
app.use((err, req, res, next) => {
  req.log.error('failed');
  res.status(500).json(err.message);
});
app.listen(process.env.PORT);
