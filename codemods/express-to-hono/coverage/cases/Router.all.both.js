/*
member: router.all
requests: [GET /r/a, DELETE /r/a, GET /r/b/c]
*/
const express = require('express');

const app = express();
const router = express.Router();
router.all('/a', (req, res, next) => {
  res.set('X-All', '1');
  next();
});
router.get('/a', (req, res) => {
  res.send('a');
});
app.use('/r', router);
app.listen(process.env.PORT);
