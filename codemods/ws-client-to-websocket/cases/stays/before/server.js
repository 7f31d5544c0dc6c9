const { WebSocketServer, WebSocket } = require('ws');

const server = new WebSocketServer({ port: 1 });
server.on('connection', (socket) => {
  for (const client of server.clients) if (client.readyState === WebSocket.OPEN) client.send('joined');
});
