/*
member: app.set
variant: which proxies are trusted is computed
requests:
  - { GET: /, headers: { X-Forwarded-For: '1.2.3.4, 5.6.7.8', X-Forwarded-Proto: https, X-Forwarded-Host: 'a.b.example:8080' } }
  - GET /
  - { GET: /limited, headers: { X-Forwarded-For: 1.2.3.4 } }
  - { GET: /limited, headers: { X-Forwarded-For: 1.2.3.4 } }
  - { GET: /limited, headers: { X-Forwarded-For: 9.9.9.9 } }
  - { GET: /admin, headers: { X-Forwarded-For: 9.9.9.9 } }
  - { GET: /admin, headers: { X-Forwarded-For: 10.0.0.1 } }
packages: [express-rate-limit]
*/
const express = require('express');
const { rateLimit } = require('express-rate-limit');

const app = express();
const hops = Number(process.env.HOPS ?? 1);
app.set('trust proxy', hops > 0 ? (address, hop) => hop < hops : false);
app.get('/', (req, res) => {
  res.json([
    req.ip.includes('127.0.0.1') ? 'itself' : req.ip,
    req.ips,
    req.protocol,
    req.hostname === 'a.b.example',
    req.secure,
    req.get('x-forwarded-host') ? req.subdomains : [],
  ]);
});
app.get('/limited', rateLimit({ windowMs: 60_000, max: 1, legacyHeaders: false }), (req, res) => {
  res.json('let in');
});
app.get('/admin', (req, res) => {
  if (req.ip !== '10.0.0.1') return res.status(403).json('not from here');
  res.json('admin');
});
app.listen(process.env.PORT);
