/*
member: res.send
variant: a body that is encoded already
requests:
  - { GET: /, headers: { Accept-Encoding: gzip } }
  - { HEAD: /, headers: { Accept-Encoding: gzip } }
  - { GET: /, headers: { If-None-Match: "*" } }
  - GET /end
  - GET /stream
*/
const { Readable } = require('node:stream');
const { gzipSync } = require('node:zlib');
const express = require('express');

const app = express();
const packed = gzipSync('a text '.repeat(400));
app.get('/', (req, res) => {
  res.set('Content-Encoding', 'gzip');
  res.type('text').send(packed);
});
app.get('/end', (req, res) => {
  res.set('Content-Encoding', 'gzip');
  res.end(packed);
});
app.get('/stream', (req, res) => {
  res.set('Content-Encoding', 'gzip');
  Readable.from([packed]).pipe(res);
});
app.listen(process.env.PORT);
