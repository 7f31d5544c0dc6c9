/*
package: express-session
variant: an answer whose length is left to its end
packages: [express-session, helmet, compression, cors]
cookies: true
mask: ['connect\.sid=[^;]+', 'other=[^;]+']
requests: [GET /ended, GET /ended, GET /unsaved, GET /unsaved/text, GET /unsaved/length, GET /unsaved/fails, {OPTIONS: /unsaved/text, headers: {Origin: 'http://one.test', Access-Control-Request-Method: GET}}, GET /empty, HEAD /ended, GET /nothing, GET /length, GET /same, GET /same, {GET: /same, headers: {If-None-Match: '*'}}, GET /packed/ended, GET /packed/text, POST /ended, GET /text, GET /text, HEAD /text, POST /text, GET /text-length, GET /bytes, GET /fails, GET /packed/short, GET /packed/long, {GET: /packed/long, headers: {Accept-Encoding: gzip}}, GET /missing]
*/
const express = require('express');
const session = require('express-session');
const helmet = require('helmet');
const compression = require('compression');
const cors = require('cors');

const app = express();
app.use('/unsaved', session({ secret: 'quiet', name: 'other', resave: false, saveUninitialized: false }), cors());
app.get('/unsaved', (req, res) => {
  res.status(401).end();
});
app.get('/unsaved/text', (req, res) => res.end('a text'));
app.get('/unsaved/length', (req, res) => {
  res.set('Content-Length', '6');
  res.end('a text');
});
app.get('/unsaved/fails', () => {
  throw new Error('failed');
});
app.use('/packed', compression());
app.get('/packed/ended', (req, res) => {
  res.status(401).end();
});
app.get('/packed/text', (req, res) => res.send('x'.repeat(3000)));
app.get('/packed/short', (req, res) => res.end('short'));
app.get('/packed/long', (req, res) => {
  res.type('text');
  res.end('y'.repeat(3000));
});
app.use(session({ secret: 'quiet', resave: false, saveUninitialized: true }));
app.use(helmet());
app.all('/ended', (req, res) => {
  if (req.method === 'POST') req.session.count = 1;
  res.set('WWW-Authenticate', 'Bearer').status(401).end();
});
app.get('/empty', (req, res) => res.status(401).send(''));
app.get('/nothing', (req, res) => res.status(401).send());
app.get('/length', (req, res) => {
  res.set('Content-Length', '0');
  res.status(401).end();
});
app.get('/same', (req, res) => {
  req.session.views = (req.session.views || 0) + 1;
  res.set('ETag', '"one"').send('text');
});
app.all('/text', (req, res) => {
  if (req.method === 'POST') req.session.count = 2;
  res.end('a text');
});
app.get('/text-length', (req, res) => {
  res.set('Content-Length', '6');
  res.end('a text');
});
app.get('/bytes', (req, res) => res.end(Buffer.from([1, 2, 3])));
app.get('/fails', () => {
  throw new Error('failed');
});
app.use((err, req, res, next) => {
  res.statusCode = 500;
  res.end(err.message);
});
app.listen(process.env.PORT);
