/*
member: req.ip
requests: [GET /, { GET: /, headers: { X-Forwarded-For: 1.2.3.4 } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send(req.ip);
});
app.listen(process.env.PORT);
