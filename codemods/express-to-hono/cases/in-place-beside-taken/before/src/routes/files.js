const express = require('express');

const router = express.Router();

router.get('/raw', (req, res) => {
  const held = { res };
  held.res.json({ trailers: req.trailers });
});

module.exports = router;
