var express = require('express');
var router = express.Router();

router.get('/', function(req, res, next) {
  res.render('index', { title: 'Express' });
});

router.get('/users', async (req, res, next) => {
  try {
    const users = await Promise.resolve(['ada', 'bob']);
    res.locals.count = users.length;
    return res.render('users', { users });
  } catch (err) {
    next(err);
  }
});

router.get('/broken', function(req, res, next) {
  res.render('broken');
});

router.get('/thrown', function(req, res, next) {
  try {
    res.render('page.nope');
  } catch (err) {
    res.status(503).send('no engine: ' + err.code);
  }
});

module.exports = router;
