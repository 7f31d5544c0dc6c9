/*
package: ws
packages: [ws]
requests: [GET /, GET /echo, GET /socket, GET /none]
*/
const express = require('express');

const app = express();
const http = require('node:http');
const { WebSocket, WebSocketServer } = require('ws');
const server = http.createServer(app);
const sockets = new WebSocketServer({ server, path: '/socket' });
sockets.on('connection', (socket, request) => {
  socket.on('message', (data) => socket.send(`${request.url} says ${data}`));
});
const ask = (text) =>
  new Promise((resolve, reject) => {
    const client = new WebSocket(`ws://127.0.0.1:${server.address().port}/socket?a=1`);
    client.on('open', () => client.send(text));
    client.on('error', reject);
    client.on('message', (data) => {
      client.close();
      resolve(String(data));
    });
  });
app.get('/', (req, res) => {
  res.send('http');
});
app.get('/echo', (req, res, next) => {
  ask('hello')
    .then((answer) => res.json({ answer }))
    .catch(next);
});
server.listen(process.env.PORT);
