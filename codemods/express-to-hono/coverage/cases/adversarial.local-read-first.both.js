/*
adversarial: A name that is set on res.locals and only read from req
requests: [GET /, GET /?user=ann]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.locals.user = req.query.user;
  next();
});
app.get('/', (req, res) => {
  const seen = res.locals.user;
  if (req.user) throw new Error('there is a user');
  res.json({ seen, own: req.user });
});
app.listen(process.env.PORT);
