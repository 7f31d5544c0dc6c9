/*
member: router.param
requests: [GET /r/1, GET /r/0]
*/
const express = require('express');

const app = express();
const router = express.Router();
router.param('id', (req, res, next, id) => {
  req.item = { id };
  if (id === '0') return res.status(404).send('none');
  next();
});
router.get('/:id', (req, res) => {
  res.json(req.item);
});
app.use('/r', router);
app.listen(process.env.PORT);
