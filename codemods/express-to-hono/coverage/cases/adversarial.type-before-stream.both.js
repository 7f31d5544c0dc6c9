/*
adversarial: a type that is set on some path, or before, and a body written piece by piece
requests: [GET /stream, GET /before/stream, GET /sometimes, GET /sometimes?json=1, GET /null, GET /null?xml=1, GET /unset]
*/
const express = require('express');
const { Readable } = require('node:stream');

const app = express();
app.use('/before', (req, res, next) => {
  res.type('html');
  next();
});
app.get(['/stream', '/before/stream'], (req, res) => {
  res.write('first ');
  res.end('last');
});
app.get('/sometimes', (req, res) => {
  if (req.query.json) {
    return res.type('json').send('{}');
  }
  Readable.from(['a', 'b']).pipe(res);
});
app.get('/unset', (req, res) => {
  if (req.query.json) {
    return res.type('json').send('{}');
  }
  res.write('first ');
  res.end();
});
app.get('/null', (req, res) => {
  res.type(req.query.xml ? 'application/xml' : 'image/png').send(null);
});
app.listen(process.env.PORT);
