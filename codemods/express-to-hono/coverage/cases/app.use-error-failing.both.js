/*
member: app.use
variant: an error handler that fails itself
requests: [GET /plain, GET /listed, GET /teapot]
*/
const express = require('express');

const app = express();
app.get('/plain', () => {
  throw new Error('plain');
});
app.get('/listed', () => {
  throw Object.assign(new Error('listed'), { list: [{ field: 'name' }] });
});
app.get('/teapot', (req, res, next) => {
  next(Object.assign(new Error('teapot'), { status: 418 }));
});
app.use((err, req, res, next) => {
  res.status(err.status || 400);
  res.json({ first: err.list[0].field });
});
app.listen(process.env.PORT);
