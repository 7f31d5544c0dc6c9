/*
adversarial: what handlers share is changed after next(), while one of them waits
requests: [GET /late, GET /once, GET /late]
*/
const express = require('express');

const app = express();
const seen = [];
let open = 0;
app.use((req, res, next) => {
  open += 1;
  next();
  open -= 1;
  seen.push(req.path);
});
app.get('/once', (req, res) => {
  res.json({ open, seen });
});
app.get('/late', (req, res) => {
  setTimeout(() => res.json({ open, seen }), 5);
});
app.listen(process.env.PORT);
