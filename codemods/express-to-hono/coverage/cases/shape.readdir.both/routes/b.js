const router = require('express').Router();
router.get('/', (req, res) => {
  res.send('b');
});
module.exports = router;
