/*
shape: a class that mounts its router first, and registers the routes on it in a method
requests: [GET /api/notes, GET /api/notes/7, GET /api/none, GET /healthz]
*/
const express = require('express');

class Server {
  constructor() {
    this.app = express();
    this.router = express.Router();
    this.app.use('/api', this.router);
    this.routes();
    this.app.get('/healthz', (req, res) => {
      res.send('ok');
    });
  }

  routes() {
    this.router.get('/notes', (req, res) => {
      res.json([]);
    });
    this.router.get('/notes/:id', (req, res) => {
      res.json({ id: req.params.id });
    });
  }

  listen() {
    this.app.listen(process.env.PORT);
  }
}

new Server().listen();
