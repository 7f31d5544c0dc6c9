/*
adversarial: a middleware that stays goes on after next()
variant: it reads the response
requests: [GET /made, GET /seen, GET /late, GET /seen, GET /nothing, GET /seen]
*/
const express = require('express');

const app = express();
const seen = [];
app.use((req, res, next) => {
  seen.push(req.httpVersion);
  next();
  seen.push(res.statusCode, res.headersSent, res.get('Content-Type'), res.get('X-A'));
});
app.get('/made', (req, res) => {
  res.set('X-A', 'a').status(201).json('made');
});
app.get('/late', (req, res) => {
  res.status(202).set('X-A', 'b');
  setTimeout(() => res.json('late'), 5);
});
app.get('/seen', (req, res) => {
  res.json(seen.splice(0));
});
app.listen(process.env.PORT);
