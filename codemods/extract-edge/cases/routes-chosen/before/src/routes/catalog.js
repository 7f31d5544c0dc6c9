'use strict';

const { Router } = require('express');

const router = Router();

const KINDS = ['tea', 'coffee'];

exports.kinds = (req, res) => res.json({ kinds: KINDS });

router.get('/kinds', (req, res) => {
  res.json({ kinds: KINDS, page: Number(req.query.page || 1) });
});

module.exports = router;
