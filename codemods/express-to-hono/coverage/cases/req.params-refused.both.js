/*
member: req.params
requests: [GET /u/1, GET /u/x, 'GET /u/%ZZ']
*/
const express = require('express');

const app = express();
app.get('/u/:user', (req, res) => {
  const user = Number(req.params.user);
  if (Number.isNaN(user)) return res.status(400).send('user must be a number');
  res.json({ user });
});
app.listen(process.env.PORT);
