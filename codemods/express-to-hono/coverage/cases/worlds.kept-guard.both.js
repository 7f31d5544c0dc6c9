/*
shape: a guard that stays
requests:
  - GET /admin/users
  - { GET: /admin/users, headers: { X-Key: k } }
  - { GET: /ADMIN/users, headers: { X-Key: k } }
  - GET /ADMIN/users
  - GET /admin
  - GET /public
  - { GET: /api/notes/1, headers: { X-Key: k } }
  - GET /api/notes/1
  - GET /api/none
*/
const express = require('express');

const app = express();
const notes = express.Router();
const guarded = express.Router();

notes.get('/:id', (req, res) => res.json({ id: req.params.id, base: req.baseUrl }));
guarded.use((req, res, next) => {
  if (req.get('x-key') !== 'k') return res.status(401).send('no key');
  next();
});
guarded.use('/notes', notes);

app.get('/public', (req, res) => res.send('public'));
app.use('/admin', (req, res, next) => {
  if (req.httpVersion && req.get('X-Key')) return next();
  res.status(403).send('closed');
});
app.get('/admin/users', (req, res) => res.json(['ada']));
app.use('/api', guarded);
app.listen(process.env.PORT);
