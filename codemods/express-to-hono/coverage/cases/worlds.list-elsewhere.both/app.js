/*
shape: a list in another file holds a package that stays
requests:
  - GET /tokens
  - { GET: /tokens, headers: { X-User: ada } }
  - { POST: /decisions, headers: { X-User: ada } }
  - { POST: /decisions, headers: { X-User: bob } }
  - POST /decisions
  - GET /decisions
*/
const express = require('express');
const tokens = require('./tokens');

const app = express();
app.get('/tokens', tokens.list);
app.post('/decisions', tokens.decision);
app.listen(process.env.PORT);
