/*
shape: an application that an instance holds, which others know and a map keeps
requests:
  - GET /
  - { GET: /, headers: { X-Key: k } }
  - GET /rooms/one
  - { GET: /rooms/one, headers: { X-Key: k } }
  - { GET: /rooms/none, headers: { X-Key: k } }
  - { GET: /odd, headers: { X-Key: k } }
  - GET /odd
*/
const express = require('express');

class Room {
  static all = new Map();
  constructor(server, name) {
    this.server = server;
    this.name = name;
    Room.all.set(name, this);
  }
}

class Server {
  constructor() {
    this.app = express();
    this.app.use((req, res, next) => {
      if (req.get('x-key') !== 'k') return res.status(401).json({ error: 'no key' });
      next();
    });
    this.app.get('/', (req, res) => res.json({ rooms: Room.all.size }));
    this.app.get('/rooms/:name', (req, res) => {
      const room = Room.all.get(req.params.name);
      if (room === undefined) return res.status(404).json({ error: 'no room' });
      res.json({ name: room.name });
    });
    this.app.get('/odd', (req, res) => {
      const held = { res };
      held.res.send('odd');
    });
  }
  open(name) {
    return new Room(this, name);
  }
  listen(port) {
    this.app.listen(port);
  }
}

const server = new Server();
server.open('one');
server.listen(process.env.PORT);
