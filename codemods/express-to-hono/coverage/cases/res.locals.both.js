/*
member: res.locals
requests: [GET /]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.locals.user = 'ada';
  next();
});
app.get('/', (req, res) => {
  res.send(res.locals.user + typeof res.locals.none);
});
app.listen(process.env.PORT);
