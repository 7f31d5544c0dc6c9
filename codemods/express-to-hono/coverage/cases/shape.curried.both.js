/*
shape: curried middleware
requests: [GET /, { GET: /, headers: { X-Role: admin } }, { GET: /, headers: { X-Role: other } }]
*/
const express = require('express');

const app = express();
const requireRole = (role) => (req, res, next) => {
  const given = req.get('X-Role');
  if (!given) return res.sendStatus(401);
  if (given !== role) return next(Object.assign(new Error('forbidden'), { status: 403 }));
  next();
};
function header(name, value) {
  return function (req, res, next) {
    res.set(name, value);
    return next();
  };
}
app.use(header('X-By', 'factory'));
app.get('/', requireRole('admin'), (req, res) => {
  res.send('in');
});
app.use((err, req, res, next) => {
  res.status(err.status).json({ error: err.message });
});
app.listen(process.env.PORT);
