/*
member: app.set
variant: JSON with spaces under a status without a body
requests: [GET /list, GET /none, GET /kept]
*/
const express = require('express');

const app = express();
app.set('json spaces', 2);
app.get('/list', (req, res) => res.send([1, 2]));
app.get('/none', (req, res) => res.status(304).json({ a: 1 }));
app.get('/kept', (req, res) => {
  res.status(304);
  res.send({ a: 1 });
});
app.listen(process.env.PORT);
