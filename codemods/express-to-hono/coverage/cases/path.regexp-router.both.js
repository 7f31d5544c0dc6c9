/*
shape: regular expression path
variant: groups, flags, below a mount, beside arrays
requests:
  [GET /item/42, GET /item/x, GET /ABC, GET /api/v2/users, GET /api/v/users, GET /api/other, GET /x/named-7, OPTIONS /item/42,
  GET /year/2024, 'GET /item/%zz']
*/
const express = require('express');

const app = express();
app.get(/^\/item\/(\d+|%zz)$/, (req, res) => {
  res.json({ item: req.params[0], path: req.path });
});
app.post(/^\/item\/(\d+)$/, (req, res) => {
  res.send('posted');
});
app.get(/^\/abc$/i, (req, res) => {
  res.send('abc');
});
app.all(/^\/x\/(?<word>[a-z]+)-(\d)$/, (req, res) => {
  res.json([req.params.word, req.params[0]]);
});
app.get(['/year', /^\/year\/(\d{4})$/], (req, res) => {
  res.send('year ' + req.params[0]);
});
const api = express.Router();
api.get(/^\/v(\d+)\/users/, (req, res) => {
  res.json({ version: req.params[0], url: req.url, base: req.baseUrl });
});
app.use('/api', api);
app.listen(process.env.PORT);
