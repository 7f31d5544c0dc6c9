const express = require('express');

const app = express();

app.use((req, res, next) => {
  const start = Date.now();
  res.on('finish', () => {
    console.log(req.method, res.statusCode, Date.now() - start);
  });
  next();
});

app.use('/api', (req, res, next) => {
  if (req.headers['x-stop'] === '1') return res.status(403).json({ error: 'stop' });
  req.user = { id: 1 };
  res.locals.start = Date.now();
  next();
});

app.get('/api/me', (req, res) => {
  if (!req.user) return res.sendStatus(401);
  res.json({ id: req.user.id, start: res.locals.start });
});

module.exports = app;
