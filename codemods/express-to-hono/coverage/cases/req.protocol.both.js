/*
member: req.protocol
requests: [GET /, { GET: /, headers: { X-Forwarded-Proto: https } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send(req.protocol);
});
app.listen(process.env.PORT);
