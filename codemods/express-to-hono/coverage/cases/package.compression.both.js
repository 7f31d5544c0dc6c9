/*
package: compression
packages: [compression]
requests:
  - GET /
  - { GET: /, headers: { Accept-Encoding: gzip } }
  - { GET: /, headers: { Accept-Encoding: deflate } }
  - { HEAD: /, headers: { Accept-Encoding: gzip } }
  - { GET: /small, headers: { Accept-Encoding: gzip } }
  - { GET: /json, headers: { Accept-Encoding: gzip } }
  - { GET: /json?small=1, headers: { Accept-Encoding: gzip } }
  - { POST: /json, headers: { Accept-Encoding: gzip } }
  - { GET: /bytes, headers: { Accept-Encoding: gzip } }
  - { GET: /as-it-is, headers: { Accept-Encoding: gzip } }
  - { GET: /none, headers: { Accept-Encoding: gzip } }
*/
const express = require('express');

const app = express();
const compression = require('compression');
app.use(compression());
app.get('/', (req, res) => {
  res.send('a long text '.repeat(200));
});
app.get('/small', (req, res) => {
  res.send('small');
});
const long = Array.from({ length: 200 }, (_, at) => `line ${at}`);
app.get('/json', (req, res) => {
  res.json(req.query.small ? [1] : long);
});
app.post('/json', (req, res) => {
  res.status(201).json({ long });
});
app.get('/bytes', (req, res) => {
  res.type('application/octet-stream').send(Buffer.alloc(3000, 7));
});
app.get('/as-it-is', (req, res) => {
  res.set('Cache-Control', 'no-transform').send('a text '.repeat(400));
});
app.listen(process.env.PORT);
