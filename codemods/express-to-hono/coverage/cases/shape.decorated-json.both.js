/*
shape: res.<custom> assigned
requests: [GET /]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.ok = (data) => res.status(200).json({ ok: true, data });
  next();
});
app.get('/', (req, res) => {
  res.ok([1]);
});
app.listen(process.env.PORT);
