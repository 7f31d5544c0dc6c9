/*
member: req.<custom>
requests: [GET /, { GET: /, headers: { X-User: ada } }]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  req.user = req.get('x-user') ? { name: req.get('x-user') } : null;
  req.startedAt = 1;
  next();
});
app.get('/', (req, res) => {
  if (!req.user) return res.sendStatus(401);
  res.json({ user: req.user.name, at: req.startedAt });
});
app.listen(process.env.PORT);
