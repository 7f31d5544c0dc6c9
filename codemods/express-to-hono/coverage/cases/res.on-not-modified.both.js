/*
member: res.on
variant: the status in a finish listener, after a fresh copy of the client
requests:
  - GET /
  - { GET: /, headers: { If-None-Match: '"none"' } }
  - { GET: /, headers: { If-None-Match: '*' } }
  - GET /seen
*/
const express = require('express');

const app = express();
const seen = [];
app.use((req, res, next) => {
  res.on('finish', () => seen.push([req.url, res.statusCode].join(' ')));
  next();
});
app.get('/', (req, res) => {
  res.json('a');
});
app.get('/seen', (req, res) => {
  res.json(seen);
});
app.listen(process.env.PORT);
