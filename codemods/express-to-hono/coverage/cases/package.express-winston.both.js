/*
package: express-winston
packages: [express-winston, winston]
requests:
  - GET /
  - { POST: /made?a=1, body: '{"a":1}', type: application/json }
  - GET /broken
  - GET /missing
  - GET /lines
*/
const express = require('express');
const { Writable } = require('stream');
const winston = require('winston');
const expressWinston = require('express-winston');

const app = express();
const lines = [];
const stream = new Writable({
  write(line, encoding, done) {
    const { level, message, meta } = JSON.parse(line);
    const { req, res } = meta;
    lines.push([level, message.replace(/\d+ms/, 'ms'), req && req.url, res && res.statusCode].join(' '));
    done();
  },
});
const transports = [new winston.transports.Stream({ stream })];
app.use(expressWinston.logger({ transports, format: winston.format.json() }));
app.use(express.json());
app.get('/', (req, res) => {
  res.json('a');
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
app.use(expressWinston.errorLogger({ transports, format: winston.format.json() }));
app.use((err, req, res, next) => {
  res.status(500).json(err.message);
});
app.listen(process.env.PORT);
