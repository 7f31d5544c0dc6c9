/*
member: app.param
variant: on a `use`
requests: [GET /u/1, GET /u/1?fail=1, HEAD /u/1, GET /u/bad/deep]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  if (req.query.fail) return next(new Error('before'));
  next();
});
app.param('id', (req, res, next, id) => {
  req.found = { id };
  if (id === 'bad') return next(new Error('bad'));
  next();
});
app.use('/u/:id', (req, res) => {
  res.json(req.found);
});
app.use((err, req, res, next) => {
  res.status(500).send(err.message);
});
app.listen(process.env.PORT);
