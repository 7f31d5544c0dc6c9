/*
adversarial: middleware that stays answers what goes on from routes before it
requests: [GET /early, OPTIONS /early, {OPTIONS: /early, headers: {Origin: 'http://one.test', Access-Control-Request-Method: GET}}, GET /empty, OPTIONS /empty, GET /late/apart, OPTIONS /late/apart, POST /early, GET /nowhere]
*/
const express = require('express');

const app = express();
app.get('/early', (req, res) => res.json({ early: true }));
app.get('/empty', () => {
  throw undefined;
});
app.get('/late/apart', (req, res) => res.json({ apart: true }));
app.use(['/early', '/empty'], (req, res) => {
  const held = { res };
  held.res.status(202).send(`${req.method} ${req.originalUrl}`);
});
app.listen(process.env.PORT);
