const express = require('express');
const requireUser = require('../middleware/require-user');
const { Hono } = require('hono');
const { param } = require('../express-parity');

const router = express.Router();
const routerInHono = new Hono();
const notes = new Map([[1, 'first']]);

router.use((req, res, next) => {
  res.set('X-Notes', String(notes.size));
  next();
});
routerInHono.use(async (c, next) => {
  c.header('X-Notes', String(notes.size));
  await next();
});

router.param('id', (req, res, next, id) => {
  if (!notes.has(Number(id))) return res.status(404).json({ error: 'no such note' });
  req.note = notes.get(Number(id));
  next();
});
const idParam = param('id', async (c, next, id) => {
  if (!notes.has(Number(id))) return c.json({ error: 'no such note' }, 404);
  c.set('note', notes.get(Number(id)));
  await next();
});

routerInHono.get('/', (c) => c.json([...notes.values()]));
router.post('/', requireUser('writer'), (req, res) => {
  notes.set(notes.size + 1, req.body.text);
  res.status(201).json({ id: notes.size });
});
routerInHono.get('/:id', idParam, (c) => c.json({ note: c.get('note') }));
router.delete('/:id', requireUser('writer'), (req, res) => {
  notes.delete(Number(req.params.id));
  res.status(204).end();
});
router.use('/:id/comments', require('./comments'));

module.exports = router;
module.exports.inHono = routerInHono;
