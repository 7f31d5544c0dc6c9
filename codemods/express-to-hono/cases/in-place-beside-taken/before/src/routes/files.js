const express = require('express');

const router = express.Router();

router.get('/raw', (req, res) => {
  const out = res;
  out.json({ trailers: req.trailers });
});

module.exports = router;
