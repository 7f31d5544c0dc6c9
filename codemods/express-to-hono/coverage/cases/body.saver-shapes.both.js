/*
shape: one function that keeps the body for all parsers
requests:
  - { POST: /echo, json: { a: 1 } }
  - { POST: /echo, body: 'a=1&b=2', type: application/x-www-form-urlencoded }
  - { POST: /echo, body: 'some bytes', type: application/octet-stream }
  - POST /echo
  - { POST: /skipped, json: { a: 1 } }
  - { POST: /manual, body: 'by hand', type: text/x-own }
*/
const express = require('express');

const app = express();
const rawBodySaver = function (req, res, buf, encoding) {
  if (buf && buf.length) {
    req.rawBody = buf.toString(encoding || 'utf8');
  }
};
app.use((req, res, next) => {
  if (req.originalUrl === '/skipped') {
    next();
  } else {
    express.json({ verify: rawBodySaver })(req, res, next);
  }
});
app.use(express.urlencoded({ verify: rawBodySaver, extended: true }));
app.use(express.raw({ verify: rawBodySaver, type: 'application/octet-stream' }));
app.use('/manual', (req, res, next) => {
  let data = '';
  req.setEncoding('utf8');
  req.on('data', (chunk) => {
    data += chunk;
  });
  req.on('end', () => {
    req.rawBody = data;
    next();
  });
});
app.post('/:name', (req, res) => {
  res.json({ raw: req.rawBody, body: Buffer.isBuffer(req.body) ? String(req.body) : req.body });
});
app.listen(process.env.PORT);
