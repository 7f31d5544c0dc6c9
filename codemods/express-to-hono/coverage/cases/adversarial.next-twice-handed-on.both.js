/*
adversarial: next handed on, and called as well
requests: [GET /]
*/
const express = require('express');

const app = express();
const warm = (done) => process.nextTick(done);
app.use((req, res, next) => {
  warm(next);
  next();
});
app.get('/', (req, res) => {
  setTimeout(() => {
    if (!res.headersSent) res.json('found');
  }, 1);
});
app.listen(process.env.PORT);
