/*
member: app.set
variant: which proxies are trusted is read by nothing
requests:
  - { GET: /, headers: { X-Forwarded-For: 1.2.3.4, X-Forwarded-Proto: https } }
  - { POST: /, headers: { X-Forwarded-For: 1.2.3.4 }, json: { a: 1 } }
*/
const express = require('express');

const app = express();
if (process.env.BEHIND_PROXY !== 'no') {
  app.set('trust proxy', Number(process.env.HOPS ?? 2));
}
app.use(express.json());
app.get('/', (req, res) => {
  res.json(req.get('x-forwarded-for'));
});
app.post('/', (req, res) => {
  res.status(201).json(req.body);
});
app.listen(process.env.PORT);
