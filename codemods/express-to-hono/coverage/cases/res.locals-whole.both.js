/*
member: res.locals
variant: as a whole
requests: [GET /]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.locals.user = 'ada';
  Object.assign(res.locals, { more: 1 });
  next();
});
app.get('/', (req, res) => {
  res.json(res.locals);
});
app.listen(process.env.PORT);
