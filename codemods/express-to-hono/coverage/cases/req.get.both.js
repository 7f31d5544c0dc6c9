/*
member: req.get
requests: [{ GET: /, headers: { X-Request-Id: r1, Referer: /back } }, GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.json([req.get('X-Request-Id'), req.header('referrer'), req.headers['x-request-id']]);
});
app.listen(process.env.PORT);
