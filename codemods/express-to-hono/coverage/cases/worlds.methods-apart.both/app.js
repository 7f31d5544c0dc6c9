/*
shape: a route stays that has the path of another one
requests:
  - GET /callback
  - HEAD /callback
  - { POST: /callback, body: '{"a":1}', headers: { X-Signature: s } }
  - { POST: /callback, body: '{"a":1}' }
  - DELETE /callback
  - GET /callback/more
  - GET /early
  - GET /early?skip=1
  - { GET: /early/inside, headers: { X-Signature: s } }
  - GET /early/inside
*/
const express = require('express');
const signed = require('signed-bodies');

const app = express();
const config = { secret: 's' };
app.get('/callback', (req, res) => res.end('there is a bot here'));
app.post('/callback', signed.middleware(config), (req, res) => res.json(req.body));
app.get(
  '/early',
  (req, res, next) => {
    if (req.query.skip) return next('route');
    next();
  },
  (req, res) => {
    res.json('early');
  },
);
app.use('/early', signed.middleware(config));
app.listen(process.env.PORT);
