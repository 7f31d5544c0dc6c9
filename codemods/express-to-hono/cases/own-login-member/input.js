const express = require('express');

const app = express();
app.use((req, res, next) => {
  req.isAuthenticated = () => req.get('x-user') === 'kim';
  next();
});
app.get('/me', (req, res) => {
  if (!req.isAuthenticated()) return res.sendStatus(401);
  res.send('kim');
});
app.listen(3000);
