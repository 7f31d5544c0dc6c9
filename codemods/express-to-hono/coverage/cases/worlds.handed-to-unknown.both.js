/*
shape: the application is handed to code that is not known, between routes
requests:
  - GET /healthz
  - GET /early
  - GET /added
  - GET /late
  - { GET: /late, headers: { X-Key: k } }
  - GET /none
*/
const express = require('express');
const { EventEmitter } = require('node:events');

const app = express();
app.get('/healthz', (req, res) => res.json({ status: 'ok' }));
app.get('/early', (req, res) => res.send(req.get('x-key').toUpperCase()));
const plugins = new EventEmitter();
plugins.on('app', Function('app', `
  app.get('/added', (req, res) => res.send('added'));
  app.use('/late', (req, res, next) => (req.get('x-key') === 'k' ? next() : res.status(401).send('no key')));
`));
plugins.emit('app', app);
app.get('/late', (req, res) => res.json({ late: true }));
app.listen(process.env.PORT);
