const express = require('express');
const requireUser = require('../middleware/require-user');

const router = express.Router();
const notes = new Map([[1, 'first']]);

router.use((req, res, next) => {
  res.set('X-Notes', String(notes.size));
  next();
});

router.param('id', (req, res, next, id) => {
  if (!notes.has(Number(id))) return res.status(404).json({ error: 'no such note' });
  req.note = notes.get(Number(id));
  next();
});

router.get('/', (req, res) => res.json([...notes.values()]));
router.post('/', requireUser('writer'), (req, res) => {
  notes.set(notes.size + 1, req.body.text);
  res.status(201).json({ id: notes.size });
});
router.get('/:id', (req, res) => res.json({ note: req.note }));
router.delete('/:id', requireUser('writer'), (req, res) => {
  notes.delete(Number(req.params.id));
  res.status(204).end();
});
router.use('/:id/comments', require('./comments'));

module.exports = router;
