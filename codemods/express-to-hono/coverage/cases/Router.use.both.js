/*
member: router.use
requests: [GET /r/a, GET /r/none, GET /other]
*/
const express = require('express');

const app = express();
const router = express.Router();
router.use((req, res, next) => {
  res.set('X-Router', req.method);
  next();
});
router.get('/a', (req, res) => {
  res.send('a');
});
app.use('/r', router);
app.get('/other', (req, res) => {
  res.send('other');
});
app.listen(process.env.PORT);
