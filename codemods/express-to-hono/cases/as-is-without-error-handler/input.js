const express = require('express');

const app = express();

app.use((req, res, next) => {
  if (req.headers['x-key'] !== 'k') return next(Object.assign(new Error('no key'), { status: 401 }));
  req.headers['x-user'] = 'ada';
  next();
});
app.get('/', (req, res) => {
  res.sendStatus(204);
});

app.listen(3000);
