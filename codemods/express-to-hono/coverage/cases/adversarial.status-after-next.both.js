/*
adversarial: a status that is read after next()
requests: [GET /made, GET /late, { GET: /made, headers: { If-None-Match: '*' } }, GET /plain, { GET: /plain, headers: { If-None-Match: '*' } }, GET /missing, GET /seen]
*/
const express = require('express');

const app = express();
const seen = [];
app.use((req, res, next) => {
  next();
  seen.push([req.url, res.statusCode].join(' '));
});
app.get('/plain', (req, res) => {
  res.json('plain');
});
app.get('/made', (req, res) => {
  res.status(201).json('made');
});
app.get('/late', async (req, res) => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  res.status(202).json('late');
});
app.get('/seen', (req, res) => {
  res.json(seen);
});
app.listen(process.env.PORT);
