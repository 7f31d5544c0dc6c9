/*
adversarial: ended by an error handler after a handler behind a bridge threw
requests: [GET /thrown, PUT /thrown, POST /handed, GET /late]
*/
const express = require('express');

const app = express();
app.all('/thrown', (req, res) => {
  res.set('X-Before', 'kept');
  throw Object.assign(new Error('thrown'), { status: 404 });
});
app.post('/handed', (req, res, next) => {
  res.set('X-Before', 'kept');
  next(Object.assign(new Error('handed'), { status: 409 }));
  res.json({ late: true });
});
app.get('/late', (req, res, next) => {
  next(Object.assign(new Error('late'), { status: 422 }));
  setTimeout(() => res.removeHeader('X-Before'), 1);
});
app.use((err, req, res, next) => {
  res.statusCode = err.status;
  res.end(err.message);
});
app.listen(process.env.PORT);
