/*
member: req.secure
requests: [GET /, { GET: /, headers: { X-Forwarded-Proto: https } }]
*/
const express = require('express');

const app = express();
app.set('trust proxy', 1);
app.get('/', (req, res) => {
  res.json({ secure: req.secure });
});
app.listen(process.env.PORT);
