/*
package: http-proxy-middleware
variant: after a parser, with upgrades, passing on
packages: [http-proxy-middleware, ws]
requests:
  - GET /
  - { POST: /up/things, json: { a: 1 } }
  - { POST: /own, json: { b: 2 } }
  - GET /up/gone
  - GET /echo
  - GET /none
*/
const express = require('express');

const app = express();
const http = require('node:http');
const { createProxyMiddleware, fixRequestBody } = require('http-proxy-middleware');
const { WebSocket, WebSocketServer } = require('ws');
const upstream = http.createServer((req, res) => {
  if (req.url === '/up/gone') return req.socket.destroy();
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => res.end(`${req.method} ${req.url} ${req.headers['x-by']} ${Buffer.concat(chunks)}`));
});
const sockets = new WebSocketServer({ server: upstream });
sockets.on('connection', (socket) => {
  socket.on('message', (data) => socket.send(`upstream says ${data}`));
});
upstream.listen(0, '127.0.0.1');
const proxy = createProxyMiddleware({
  pathFilter: ['/up', '/socket'],
  target: 'http://127.0.0.1:1',
  router: () => `http://127.0.0.1:${upstream.address().port}`,
  headers: { 'X-By': 'proxy' },
  on: { proxyReq: fixRequestBody },
});
app.use(express.json());
app.use(proxy);
app.get('/', (req, res) => {
  res.send('own');
});
app.post('/own', (req, res) => {
  res.json({ got: req.body, url: req.url });
});
const server = http.createServer(app);
app.get('/echo', (req, res, next) => {
  const client = new WebSocket(`ws://127.0.0.1:${server.address().port}/socket`);
  client.on('open', () => client.send('hello'));
  client.on('error', next);
  client.on('message', (data) => {
    client.close();
    res.json({ answer: String(data) });
  });
});
server.on('upgrade', proxy.upgrade);
server.listen(process.env.PORT);
