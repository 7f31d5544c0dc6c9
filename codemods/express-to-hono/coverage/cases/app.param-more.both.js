/*
member: app.param
variant: the name, HEAD without a route for it, two callbacks and two routers
requests: [GET /one/1, HEAD /one/1, HEAD /put/1, GET /put/1, PUT /put/1, GET /r/1, HEAD /r/put/2, GET /head/1, HEAD /head/1]
*/
const express = require('express');

const app = express();
app.param('id', (req, res, next, id, name) => {
  res.append('X-Seen', `first-${name}-${id}`);
  next();
});
app.param('id', (req, res, next, id) => {
  res.append('X-Seen', `second-${id}`);
  next();
});
app.get('/one/:id', (req, res) => {
  res.json({ id: req.params.id });
});
app.put('/put/:id', (req, res) => {
  res.json({ put: req.params.id });
});
app.head('/head/:id', (req, res) => {
  res.end();
});
const router = express.Router();
router.param('id', (req, res, next, id) => {
  res.append('X-Seen', `router-${id}`);
  next();
});
router.get('/:id', (req, res) => {
  res.json({ id: req.params.id });
});
router.put('/put/:id', (req, res) => {
  res.json({ put: req.params.id });
});
app.use('/r', router);
app.listen(process.env.PORT);
