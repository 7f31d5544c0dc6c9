/*
member: res.end
requests: [GET /, GET /text, GET /status, HEAD /text, HEAD /, GET /bytes, GET /latin, GET /typed, GET /none]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.end();
});
app.get('/text', (req, res) => {
  res.end('text');
});
app.get('/status', (req, res) => {
  res.status(404).end();
});
app.get('/bytes', (req, res) => {
  res.end(Buffer.from('é€'));
});
app.get('/latin', (req, res) => {
  res.statusCode = 201;
  res.end('é€');
});
app.get('/typed', (req, res) => {
  res.set('Content-Type', 'text/css');
  res.end('p {}');
});
app.get('/none', (req, res) => {
  res.status(204).end('text');
});
app.listen(process.env.PORT);
