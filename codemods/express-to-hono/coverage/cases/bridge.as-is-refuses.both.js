/*
shape: middleware that changes headers of the request hands on an error with a status, which nothing handles
requests: [GET /, { GET: /, headers: { X-Key: k } }]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  if (req.headers['x-key'] !== 'k') return next(Object.assign(new Error('no key'), { status: 401 }));
  req.headers['x-user'] = 'ada';
  next();
});
app.get('/', (req, res) => {
  res.json({ user: req.headers['x-user'] });
});
app.listen(process.env.PORT);
