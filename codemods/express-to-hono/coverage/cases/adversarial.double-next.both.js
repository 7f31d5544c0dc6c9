/*
adversarial: next() called after await, result used
requests: [GET /]
*/
const express = require('express');

const app = express();
app.use(async (req, res, next) => {
  await Promise.resolve();
  next();
  res.locals.done = true;
});
app.get('/', (req, res) => {
  res.send('after');
});
app.listen(process.env.PORT);
