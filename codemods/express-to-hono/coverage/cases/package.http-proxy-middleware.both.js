/*
package: http-proxy-middleware
packages: [http-proxy-middleware]
requests: [GET /, GET /api/things?a=1, { POST: /api/things, json: { a: 1 } }, HEAD /api/things, GET /apix]
*/
const express = require('express');

const app = express();
const http = require('node:http');
const { createProxyMiddleware } = require('http-proxy-middleware');
const upstream = http.createServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    const body = `${req.method} ${req.url} ${Buffer.concat(chunks)}`;
    res.writeHead(203, { 'X-Upstream': 'yes', 'Content-Type': 'text/plain', 'Content-Length': body.length });
    res.end(body);
  });
});
upstream.listen(0, '127.0.0.1');
app.use(
  '/api',
  createProxyMiddleware({
    target: 'http://127.0.0.1:1',
    router: () => `http://127.0.0.1:${upstream.address().port}`,
    pathRewrite: { '^/things': '/items' },
  }),
);
app.get('/', (req, res) => {
  res.send('own');
});
app.listen(process.env.PORT);
