/*
member: app.enable
requests: [{ GET: /, headers: { X-Forwarded-Proto: https, X-Forwarded-For: '1.2.3.4, 5.6.7.8' } }]
*/
const express = require('express');

const app = express();
app.enable('trust proxy');
app.get('/', (req, res) => {
  res.json({ ip: req.ip, protocol: req.protocol });
});
app.listen(process.env.PORT);
