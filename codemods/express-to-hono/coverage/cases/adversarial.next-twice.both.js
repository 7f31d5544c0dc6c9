/*
adversarial: next() twice on a path
requests: [GET /]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  process.nextTick(() => next());
  next();
});
app.get('/', (req, res) => {
  setTimeout(() => {
    if (!res.headersSent) res.json('found');
  }, 1);
});
app.listen(process.env.PORT);
