/*
shape: the setting of proxies is read in both worlds
requests:
  - { GET: /ip, headers: { X-Forwarded-For: 1.2.3.4 } }
  - { GET: /raw/ip, headers: { X-Forwarded-For: 1.2.3.4 } }
  - GET /raw/ip
*/
const express = require('express');

const app = express();
app.set('trust proxy', Number(process.env.HOPS ?? 1));
const own = (req) => req.ip.includes('127.0.0.1');
app.get('/raw/ip', (req, res) => {
  res.json([own(req) ? 'itself' : req.ip, req.httpVersion]);
});
app.get('/ip', (req, res) => {
  res.json(req.ip);
});
app.listen(process.env.PORT);
