/*
member: req.ips
requests: [GET /, { GET: /, headers: { X-Forwarded-For: '1.2.3.4, 5.6.7.8' } }]
*/
const express = require('express');

const app = express();
app.set('trust proxy', true);
app.get('/', (req, res) => {
  res.json(req.ips);
});
app.listen(process.env.PORT);
