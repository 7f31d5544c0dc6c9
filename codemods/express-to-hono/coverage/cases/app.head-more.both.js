/*
member: app.METHOD
variant: head beside other methods, in a router, rare methods
requests: [HEAD /a, GET /a, OPTIONS /a, HEAD /r/b, GET /r/b, OPTIONS /r/b, LINK /c, SEARCH /c, GET /c, REPORT /c]
*/
const express = require('express');

const app = express();
app.head('/a', (req, res, next) => {
  res.set('X-Head', req.method);
  next();
});
app.get('/a', (req, res) => {
  res.send('get');
});
const router = express.Router();
router.head('/b', (req, res) => {
  res.set('X-Own', 'head').status(204).end();
});
app.use('/r', router);
app.link('/c', (req, res) => {
  res.send('linked');
});
app.search('/c', (req, res) => {
  res.send('found');
});
app.report('/c', (req, res) => {
  res.send('reported');
});
app.listen(process.env.PORT);
