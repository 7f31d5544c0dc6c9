const express = require('express');

const router = express.Router({ mergeParams: true });

router.get('/', (req, res) => res.json({ of: req.note }));
router.post('/', (req, res) => res.status(201).json({ of: req.note, text: req.body.text }));

module.exports = router;
