import { WebSocketServer } from 'ws';

export function createServer() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      socket.send(String(data));
      socket.send(Buffer.from([1, 2, 3]));
    });
  });
  return server;
}
