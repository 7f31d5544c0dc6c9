const { Router } = require('express');

const router = Router();

router.get('/about', (req, res) => res.send('about'));
router.all('/v1/*', (req, res) => res.status(410).json({ gone: req.params[0] }));

module.exports = router;
