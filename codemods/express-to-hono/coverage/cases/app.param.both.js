/*
member: app.param
requests: [GET /user/1, GET /user/x, GET /other]
*/
const express = require('express');

const app = express();
app.param('id', (req, res, next, id) => {
  if (!/^\d+$/.test(id)) return next(new Error('bad id'));
  req.number = Number(id);
  next();
});
app.get('/user/:id', (req, res) => {
  res.json({ number: req.number });
});
app.listen(process.env.PORT);
