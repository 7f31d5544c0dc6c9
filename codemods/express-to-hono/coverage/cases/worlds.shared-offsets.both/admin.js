const express = require('express');
const router = express.Router();

// The statement below lies at the offsets at which the other file registers its packages: calls there are not in it,
// which offsets alone would say.

const guard = (req, res, next) => {
  if (req.get('x-key') !== 'k') return res.status(401).json({ error: 'no key' });
  next();
};
const noticed = (req, res, next) => {
  req.noticed = true;
  next();
};
router.use(guard, noticed, guard, noticed, guard, noticed, guard, noticed, guard, noticed, guard, noticed, guard, noticed);
router.get('/users', (req, res) => res.json({ users: [req.noticed] }));
router.get('/held', (req, res) => {
  const held = { res };
  held.res.json({ b: 1 });
});
module.exports = router;
