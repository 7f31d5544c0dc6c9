/*
adversarial: middleware that stays answers what routes beside it are for as well
requests: [GET /early, OPTIONS /early, {OPTIONS: /early, headers: {Origin: 'http://one.test', Access-Control-Request-Method: GET}}, GET /empty, OPTIONS /empty, GET /late/apart, OPTIONS /late/apart, POST /early, GET /one/panel, GET /two/panel, GET /two/other, GET /nowhere]
*/
const express = require('express');

const app = express();
app.get('/early', (req, res) => res.json({ early: true }));
app.get('/empty', () => {
  throw undefined;
});
const guarded = express.Router();
guarded.get('/panel', (req, res) => {
  const held = { res };
  held.res.status(401).send(req.baseUrl);
});
guarded.use((req, res, next) => {
  res.set('X-Guard', req.path);
  next();
});
app.use(['/one', '/two'], guarded);
app.get('/two/:id', (req, res) => res.json({ id: req.params.id }));
app.get('/late/apart', (req, res) => res.json({ apart: true }));
app.use(['/early', '/empty'], (req, res) => {
  const held = { res };
  held.res.status(202).send(`${req.method} ${req.originalUrl}`);
});
app.listen(process.env.PORT);
