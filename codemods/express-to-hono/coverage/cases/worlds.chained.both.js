/*
shape: an application that is made in a chain, of which a part stays
packages: [cors]
requests:
  - GET /a
  - { GET: /a, headers: { X-Key: k } }
  - GET /a/b
  - GET /A
  - GET /b
  - { GET: /a, headers: { X-Key: k, Origin: "http://x.example" } }
  - GET /none
*/
const express = require('express');
const cors = require('cors');

const app = express()
  .disable('x-powered-by')
  .use(cors())
  .use('/a', (req, res, next) => {
    if (req.get('x-key') !== 'k') return res.status(401).json({ error: 'no key' });
    next();
  });
app.get('/a', (req, res) => res.json({ a: 1 }));
app.get('/b', (req, res) => {
  const held = { res };
  held.res.json({ b: 1 });
});
app.listen(process.env.PORT);
