/*
member: app.use
variant: an error handler before the last routes, which answers some errors and passes all others on
requests: [GET /known, GET /other, GET /teapot, GET /after, GET /failing-after, GET /none]
*/
const express = require('express');

const app = express();
app.get('/known', () => {
  throw Object.assign(new Error('known'), { isKnown: true });
});
app.get('/other', () => {
  throw new Error('other');
});
app.get('/teapot', (req, res, next) => {
  next(Object.assign(new Error('short and stout'), { status: 418 }));
});
app.use((err, req, res, next) => {
  if (err.isKnown) return res.status(409).json({ error: err.message });
  next(err);
});
app.get('/after', (req, res) => {
  res.json({ after: true });
});
app.get('/failing-after', () => {
  throw Object.assign(new Error('known'), { isKnown: true });
});
app.listen(process.env.PORT);
