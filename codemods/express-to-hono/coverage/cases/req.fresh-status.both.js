/*
member: req.fresh
variant: after a status was set
requests:
  - { GET: /chain, headers: { If-None-Match: '*' } }
  - { GET: /statement, headers: { If-None-Match: '*' } }
  - { GET: /helper, headers: { If-None-Match: '*' } }
  - { GET: /before/stale, headers: { If-None-Match: '*' } }
  - { GET: /not-modified, headers: { If-None-Match: '*' } }
  - { GET: /property, headers: { If-None-Match: '*' } }
  - { GET: /send, headers: { If-None-Match: '*' } }
  - { GET: /send }
  - { GET: /header, headers: { If-None-Match: '*' } }
  - { GET: /arrow, headers: { If-None-Match: '*' } }
*/
const express = require('express');

const app = express();
const about = (req, res) => ({ fresh: req.fresh, status: res.statusCode });
app.use('/before', (req, res, next) => {
  res.status(409);
  next();
});
app.get('/chain', (req, res) => res.status(409).json({ name: req.stale }));
app.get('/statement', (req, res) => {
  res.status(409);
  res.json({ name: req.stale });
});
app.get('/helper', (req, res) => res.status(409).json(about(req, res)));
app.get('/before/stale', (req, res) => res.json({ name: req.stale }));
app.get('/not-modified', (req, res) => res.status(304).json({ name: req.fresh }));
app.get('/property', (req, res) => {
  res.statusCode = 404;
  res.send(`${req.fresh}`);
});
app.get('/send', (req, res) => {
  res.set('ETag', '"1"').status(201).send(`made ${req.fresh}`);
});
app.get('/header', (req, res) => {
  res.status(404).set('X-Fresh', String(req.fresh)).json({});
});
app.get('/arrow', (req, res) => {
  const fresh = () => req.fresh;
  res.status(404).json({ fresh: fresh() });
});
app.listen(process.env.PORT);
