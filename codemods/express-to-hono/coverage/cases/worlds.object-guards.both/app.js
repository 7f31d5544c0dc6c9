/*
shape: guards that are members of the object a module exports, for routes that stay and routes that go
requests:
  - GET /kept
  - { GET: /kept, headers: { X-Key: k, X-Role: admin } }
  - GET /taken
  - { GET: /taken, headers: { X-Key: k } }
  - { GET: /taken, headers: { X-Key: k, X-Role: admin } }
  - GET /named/kept
  - { GET: /named/kept, headers: { X-Key: k } }
  - GET /named/taken
  - { GET: /named/taken, headers: { X-Key: k } }
  - GET /own/taken
  - { GET: /own/taken, headers: { X-Key: k } }
  - { GET: /own/kept, headers: { X-Key: k } }
  - GET /this/taken
  - GET /counted/taken
  - GET /counted/taken
  - GET /counted/taken
  - GET /counted/kept
  - GET /shared/kept
  - GET /shared/taken
  - GET /shared/taken
*/
const express = require('express');
const auth = require('./auth');
const { user, wrapped } = require('./auth');

const own = {
  user: (req, res, next) => {
    if (req.get('X-Key') === 'k') return next();
    res.status(401).send('whose?');
  },
};
const app = express();
app.get('/kept', auth.user, auth.role('admin'), (req, res) => {
  res.send(req.httpVersion);
});
app.get('/taken', auth.user, auth.role('admin'), (req, res) => {
  res.json({ taken: true });
});
app.get('/named/kept', user, wrapped, (req, res) => {
  res.send(req.httpVersion);
});
app.get('/named/taken', user, wrapped, (req, res) => {
  res.json({ named: true });
});
app.get('/own/kept', own.user, (req, res) => {
  res.send(req.httpVersion);
});
app.get('/own/taken', own.user, (req, res) => {
  res.json({ own: true });
});
app.get('/this/kept', auth.bound, (req, res) => {
  res.send(req.httpVersion);
});
app.get('/this/taken', auth.bound, (req, res) => {
  res.json({ bound: true });
});
app.get('/counted/kept', auth.counted(1), (req, res) => {
  res.send(req.httpVersion);
});
app.get('/counted/taken', auth.counted(2), (req, res) => {
  res.json({ counted: true });
});
const shared = auth.counted(1);
app.get('/shared/kept', shared, (req, res) => {
  res.send(req.httpVersion);
});
app.get('/shared/taken', shared, (req, res) => {
  res.json({ shared: true });
});
app.use((err, req, res, next) => {
  res.status(500).json({ failed: true });
});
app.listen(process.env.PORT);
