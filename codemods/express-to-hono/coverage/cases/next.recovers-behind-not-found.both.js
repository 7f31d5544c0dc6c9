/*
shape: 'an error handler behind the 404 middleware that goes on with `next()`: nothing is behind it, so the default page answers'
requests:
  - GET /fails
  - GET /fails?status=422
  - GET /works
  - GET /nothing
  - HEAD /nothing
  - POST /works
*/
const express = require('express');

const app = express();
app.get('/fails', (req, res, next) => {
  next(Object.assign(new Error('failed'), { status: Number(req.query.status) || 500 }));
});
app.get('/works', (req, res) => {
  res.send('works');
});
app.use((req, res, next) => next(Object.assign(new Error('none'), { status: 404 })));
app.use((err, req, res, next) => {
  if (err.status !== 422) return next();
  res.status(422).json({ error: err.message });
});
app.listen(process.env.PORT);
