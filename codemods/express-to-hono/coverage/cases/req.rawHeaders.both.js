/*
member: req.rawHeaders
requests:
  - { GET: /, headers: { X-Own-Name: one, X-other: two } }
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  const named = [];
  for (let i = 0; i < req.rawHeaders.length; i += 2)
    if (/^x-o/i.test(req.rawHeaders[i])) named.push(req.rawHeaders[i].toLowerCase(), req.rawHeaders[i + 1]);
  res.json(named.sort());
});
app.listen(process.env.PORT);
