/*
member: req.fresh
requests: [GET /, { GET: /, headers: { If-None-Match: '"v1"' } }, { GET: /, headers: { If-None-Match: '"v2"' } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.set('ETag', '"v1"');
  if (req.fresh) return res.status(304).end();
  res.send('body');
});
app.listen(process.env.PORT);
