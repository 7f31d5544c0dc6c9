/*
member: req.params
variant: assigned-twin
requests: [GET /later/1/2]
*/
const express = require('express');

const app = express();

const numbers = (req, res, next) => {
  req.params = { id: Number(req.params.id) };
  next();
};

// Express gives the next route parameters of its own.
app.get('/later/:id/:part', numbers, (req, res, next) => next());
app.get('/later/:id/:part', (req, res) => {
  const { id, part } = req.params;
  res.json({ id, part, kind: typeof id });
});

app.listen(process.env.PORT);
