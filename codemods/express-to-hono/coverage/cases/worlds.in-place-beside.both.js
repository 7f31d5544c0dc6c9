/*
shape: routes of Hono, and handlers of Hono on routes that stay
inPlace: true
requests:
  - GET /healthz
  - GET /admin/users/3
  - { GET: /admin/users/3, headers: { X-Key: k } }
  - { GET: /admin/files, headers: { X-Key: k } }
  - { OPTIONS: /admin/users/3, headers: { X-Key: k } }
  - GET /none
*/
const express = require('express');

const app = express();
const admin = express.Router();
const named = (req) => `user ${req.params.id}`;

admin.use((req, res, next) => {
  if (req.readable && req.get('x-key')) return next();
  res.status(403).send('closed');
});
admin.get('/users/:id', (req, res) => res.json({ name: named(req), host: req.hostname !== '' }));
admin.get('/files', (req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  res.write('one');
  res.end('two');
});
app.get('/healthz', (req, res) => res.send('ok'));
app.use('/admin', admin);
app.listen(process.env.PORT);
