const { Router } = require('express');
const { requireRole } = require('../middleware/auth');

const router = Router();
const all = [{ id: 1, text: 'a' }];

router.get('/', (req, res) => {
  res.json(all);
});

router.post('/', requireRole('admin'), (req, res, next) => {
  if (!req.body.text) return next(Object.assign(new Error('text'), { status: 400 }));
  all.push({ id: all.length + 1, text: req.body.text });
  res.status(201).json(all.at(-1));
});

module.exports = router;
