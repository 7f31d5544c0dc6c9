/*
member: app.use
variant: error handlers read the request, errors come from mounts
requests: [GET /users/7, GET /users/7/deep/x, GET /prefix/x?q=1, GET /users/7/none, GET /api/x, GET /api/boom, GET /nothing/here]
*/
const express = require('express');

const app = express();
const where = (req) => ({
  path: req.path,
  url: req.url,
  base: req.baseUrl,
  params: req.params,
  id: String(req.params.id),
  route: req.route && req.route.path,
});
const deep = express.Router();
deep.get('/:x', () => {
  throw new Error('deep');
});
const users = express.Router();
users.get('/:id', () => {
  throw new Error('shallow');
});
users.use('/:id/deep', deep);
app.use('/users', users);
app.use('/prefix', () => {
  throw new Error('in a prefix');
});
app.get('/users/:id/none', (req, res, next) => next());
app.get('/api/boom', () => {
  throw new Error('below');
});
app.use('/api', (err, req, res, next) => {
  res.status(500).json({ at: 'api', ...where(req) });
});
app.use((err, req, res, next) => {
  if (err.message === 'shallow') return next(err);
  res.status(500).json({ at: 'first', ...where(req) });
});
app.use((err, req, res, next) => {
  res.status(500).json({ at: 'second', path: req.path, id: String(req.params.id) });
});
app.listen(process.env.PORT);
