/*
shape: an application that a member holds, filled by methods of its class
requests: [GET /healthz, {POST: /echo, json: {a: 1}}, GET /odd, GET /nowhere]
*/
const express = require('express');

class Server {
  constructor() {
    this.app = express();
    this.config();
    this.routes();
  }
  config() {
    this.app.use(express.json());
  }
  routes() {
    this.app.get('/healthz', (req, res) => res.json({ status: 'ok' }));
    this.app.post('/echo', (req, res) => res.status(201).json(req.body));
    this.app.get('/odd', (req, res) => {
      const held = { res };
      held.res.send('odd');
    });
  }
  listen() {
    this.app.listen(process.env.PORT);
  }
}

new Server().listen();
