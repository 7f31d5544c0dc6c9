/*
shape: a list that both worlds need makes what it holds
packages: [express-rate-limit]
requests:
  - GET /notes
  - GET /raw
  - GET /raw
  - GET /notes
  - GET /free
*/
const express = require('express');
const { rateLimit } = require('express-rate-limit');

const app = express();
const limited = [rateLimit({ windowMs: 60_000, max: 2, legacyHeaders: false })];
app.get('/free', (req, res) => {
  res.json('free');
});
app.get('/raw', limited, (req, res) => {
  res.json(req.httpVersion);
});
app.get('/notes', limited, (req, res) => {
  res.json('notes');
});
app.listen(process.env.PORT);
