/*
member: req.stale
requests: [GET /, { GET: /, headers: { If-None-Match: '"v1"' } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.set('ETag', '"v1"');
  res.json({ stale: req.stale });
});
app.listen(process.env.PORT);
