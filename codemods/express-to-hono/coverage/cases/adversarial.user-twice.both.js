/*
adversarial: req.user and res.locals.user, read in one handler
requests: [GET /, GET /?user=ann, GET /both?user=ann]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  if (req.query.user) res.locals.user = req.query.user;
  if (req.query.user) req.user = 'own ' + req.query.user;
  next();
});
app.get('/', (req, res) => {
  const seen = res.locals.user;
  if (req.user) return res.json({ seen, own: req.user });
  res.json({ seen });
});
app.get('/both', (req, res) => res.json([req.user, res.locals.user]));
app.listen(process.env.PORT);
