/*
member: res.locals
requests:
  - GET /
  - { GET: /, headers: { X-Key: k } }
  - GET /more
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.locals.before = 1;
  next();
});
app.use((req, res, next) => {
  if (req.get('x-key') === 'k') res.locals = { key: 'k' };
  next();
});
app.get('/', (req, res) => res.json(res.locals));
app.get('/more', (req, res) => {
  res.locals = Object.create({ inherited: 2 });
  res.locals.own = 3;
  res.json({ own: res.locals.own, inherited: res.locals.inherited, before: res.locals.before });
});
app.listen(process.env.PORT);
