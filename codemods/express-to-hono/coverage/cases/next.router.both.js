/*
shape: next('router')
requests: [GET /a, 'GET /a?skip=1']
*/
const express = require('express');

const app = express();
const router = express.Router();
router.use((req, res, next) => {
  if (req.query.skip) return next('router');
  next();
});
router.get('/a', (req, res) => {
  res.send('router');
});
app.use(router);
app.get('/a', (req, res) => {
  res.send('app');
});
app.listen(process.env.PORT);
