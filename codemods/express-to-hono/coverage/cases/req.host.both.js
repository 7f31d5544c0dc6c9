/*
member: req.host
requests: [{ GET: /, headers: { Host: 'example.com:3000' } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send(req.host);
});
app.listen(process.env.PORT);
