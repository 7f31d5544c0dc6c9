/*
package: socket.io
packages: [socket.io, ws]
mask: ['"sid":"[^"]+"']
requests: [GET /, GET /echo, GET /socket.io/?EIO=4&transport=polling, GET /socket.io/?EIO=3&transport=none, GET /none]
*/
const express = require('express');

const app = express();
const http = require('node:http');
const { Server } = require('socket.io');
const { WebSocket } = require('ws');
const server = http.createServer(app);
const io = new Server(server, { serveClient: false });
io.on('connection', (socket) => {
  socket.on('hello', (name, reply) => reply(`hello ${name}`));
});
const ask = (name) =>
  new Promise((resolve, reject) => {
    const { port } = server.address();
    const client = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
    client.on('error', reject);
    client.on('message', (data) => {
      const packet = String(data);
      if (packet.startsWith('0')) client.send('40');
      else if (packet.startsWith('40')) client.send(`420${JSON.stringify(['hello', name])}`);
      else if (packet.startsWith('43')) {
        client.close();
        resolve(packet);
      }
    });
  });
app.get('/', (req, res) => {
  res.send('http');
});
app.get('/echo', (req, res, next) => {
  ask('Ada')
    .then((answer) => res.json({ answer }))
    .catch(next);
});
server.listen(process.env.PORT);
