/*
member: express.json
variant: with verify, that keeps the bytes for a signature
requests:
  - { POST: /hooks/paid, json: { type: paid, amount: 1.0 }, headers: { X-Signature: 0557f3f5f0e2e6c5ab0a3e1cd3f9a1ce23f31bd09d9ed2e0c4d29fb1d8be1a0d } }
  - { POST: /hooks/paid, body: '{ "type":"paid",  "amount": 1.0 }', type: application/json; charset=utf-8 }
  - { POST: /hooks/paid, body: '', type: application/json }
  - POST /hooks/paid
  - { POST: /hooks/paid, body: plain, type: text/plain }
  - { POST: /hooks/paid, body: '{"a":', type: application/json }
  - { POST: /hooks/paid, json: { forbidden: true } }
  - { POST: /hooks/paid, json: { typed: true } }
  - { POST: /hooks/paid, json: { status: 418 } }
  - { POST: /hooks/paid, json: { text: true }, headers: { X-Throw: a text } }
  - { POST: /hooks/paid, body: '{"a":1}', type: application/json; charset=utf-16 }
  - { POST: /other, json: { type: paid } }
  - { POST: /form, body: 'a=1&b=2', type: application/x-www-form-urlencoded }
  - { POST: /form, body: 'a=bad', type: application/x-www-form-urlencoded }
  - { PUT: /bytes?x=1, body: bytes, type: application/octet-stream }
  - { PUT: /text, body: some text, type: text/plain }
  - { PUT: /text, body: some text, type: text/csv }
  - { PUT: /text, body: some text, type: text/csv, headers: { X-As-Text: 'yes' } }
  - { POST: /below/deep/path?q=1, json: { a: 1 }, headers: { X-Below: 'yes' } }
*/
const crypto = require('node:crypto');
const express = require('express');

const app = express();
const sign = (bytes) => crypto.createHmac('sha256', 'secret').update(bytes).digest('hex');

function keepRawBody(req, res, buf, encoding) {
  if (req.headers['x-throw']) throw req.get('x-throw');
  if (buf.includes('forbidden')) throw new Error('not this');
  if (buf.includes('typed')) throw Object.assign(new TypeError('of a type'), { type: 'own.type' });
  if (buf.includes('418')) throw Object.assign(new Error('a teapot'), { status: 418, expose: false });
  if (req.originalUrl.startsWith('/hooks/')) {
    req.rawBody = buf.toString(encoding || 'utf8');
    req.rawLength = buf.length;
  }
}
app.use('/below', express.json({
  verify: (req, _res, buf) => {
    req.seenAt = [req.method, req.url, req.originalUrl, req.baseUrl, req.path, buf.length];
  },
}));
app.use(express.json({ limit: '1kb', verify: keepRawBody }));
const formOptions = {
  extended: false,
  verify(req, res, body) {
    if (body.includes('bad')) throw new Error('a bad form');
    req.formBytes = body;
  },
};
app.use(express.urlencoded(formOptions));
app.put('/bytes', express.raw({
  verify: (req, res, buf, encoding) => {
    req.rawEncoding = [encoding, buf.length, req.query.x];
  },
}));
app.put('/text', express.text({
  type: (req) => req.is('text/plain') || Boolean(req.headers['x-as-text']),
  verify: (req, res, buf, encoding) => {
    req.rawEncoding = encoding;
  },
}));
app.post('/hooks/:name', (req, res) => {
  if (!req.rawBody) return res.status(401).json({ raw: null, length: req.rawLength, body: req.body });
  res.json({ signature: sign(req.rawBody), raw: req.rawBody, length: req.rawLength, body: req.body });
});
app.post('/other', (req, res) => {
  res.json({ raw: req.rawBody, body: req.body });
});
app.post('/form', (req, res) => {
  res.json({ bytes: String(req.formBytes), body: req.body });
});
app.put('/bytes', (req, res) => {
  res.json({ raw: req.rawEncoding, isBuffer: Buffer.isBuffer(req.body) });
});
app.put('/text', (req, res) => {
  res.json({ encoding: req.rawEncoding, body: req.body });
});
app.post('/below/deep/path', (req, res) => {
  res.json({ seenAt: req.seenAt, body: req.body });
});
app.use((err, req, res, next) => {
  const { type, status, statusCode, expose, body } = err;
  // The engines word it each in their way.
  const message = type === 'entity.parse.failed' ? 'not parsed' : err.message;
  res.status(status || 500).json({ type, status, statusCode, expose, message, body: String(body) });
});
app.listen(process.env.PORT);
