/*
member: app.param
variant: on a `use`, where an error before it does not keep it from answering
requests: [GET /u/1, GET /u/1?fail=1]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  if (req.query.fail) return next(new Error('before'));
  next();
});
app.param('id', (req, res, next, id) => {
  res.status(404).send(`no ${id}`);
});
app.use('/u/:id', (req, res) => {
  res.send('never');
});
app.use((err, req, res, next) => {
  res.status(500).send(err.message);
});
app.listen(process.env.PORT);
