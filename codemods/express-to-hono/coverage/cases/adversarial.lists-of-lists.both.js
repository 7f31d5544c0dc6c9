/*
shape: a list of lists that a function puts together, of guards that other routes have as well
requests:
  - GET /admin
  - { GET: /admin, headers: { Authorization: Bearer admin } }
  - { GET: /admin, headers: { Authorization: Bearer user } }
  - { GET: /user, headers: { Authorization: Bearer user } }
  - GET /user
*/
const express = require('express');

const app = express();
const authenticate = () => (req, res, next) => {
  const role = (req.headers.authorization || '').split(' ')[1];
  if (!role) return res.sendStatus(401);
  req.user = { role };
  return next();
};
const authorize = (...roles) => [
  authenticate(),
  (req, res, next) => (roles.includes(req.user.role) ? next() : res.status(403).json({ need: roles })),
];
const compose = (...list) => list.flat();
const admin = compose(authorize('admin'), (req, res, next) => {
  res.set('X-Admin', '1');
  next();
});
app.get('/admin', admin, (req, res) => {
  res.json(req.user);
});
app.get('/user', ...authorize('user', 'admin'), (req, res) => {
  res.json(req.user);
});
app.listen(process.env.PORT);
