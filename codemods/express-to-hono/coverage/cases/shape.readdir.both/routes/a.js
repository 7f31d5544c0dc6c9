const router = require('express').Router();
router.get('/', (req, res) => {
  res.send('a');
});
module.exports = router;
