/*
shape: two applications of one file that share a guard, a handler and a router
requests:
  - GET /a
  - { GET: /a, headers: { X-Key: k } }
  - { GET: /c, headers: { X-Key: k } }
  - GET /c
  - GET /own/x
  - { GET: /own/x, headers: { X-Key: k } }
  - GET /shared/y
  - { GET: /shared/y, headers: { X-Key: k } }
  - { GET: /none, headers: { X-Key: k } }
  - GET /none
*/
const http = require('node:http');
const express = require('express');

const guard = (req, res, next) => {
  if (req.get('x-key') !== 'k') return res.status(401).json({ error: 'no key' });
  next();
};
const show = (req, res) => res.json({ path: req.path });
const shared = express.Router();
shared.get('/y', (req, res) => res.json({ y: 1 }));
const own = express.Router();
own.get('/x', (req, res) => res.json({ x: 1 }));

const app = express();
app.use(guard);
app.get('/a', (req, res) => res.json({ a: 1 }));
app.get('/c', show);
app.use('/own', own);
app.use('/shared', shared);

const admin = express();
admin.set('etag', false);
admin.use(guard);
admin.get('/c', show);
admin.use('/shared', shared);
http.createServer(admin).unref();

app.listen(process.env.PORT);
