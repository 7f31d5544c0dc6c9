/*
member: req.hostname
requests: [{ GET: /, headers: { Host: 'example.com:3000' } }, { GET: /, headers: { Host: '[::1]:3000' } }, { GET: /, headers: { Host: example.com, X-Forwarded-Host: other.com } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send(req.hostname);
});
app.listen(process.env.PORT);
