/*
member: req.params
variant: assigned
requests:
  - GET /items/5
  - GET /items/x
  - GET /items/7/parts/8
  - GET /used/9
  - GET /plain/3
*/
const express = require('express');

const app = express();

const numbers = (req, res, next) => {
  const params = {};
  for (const [name, value] of Object.entries(req.params)) {
    if (Number.isNaN(Number(value))) return res.status(400).json({ error: name });
    params[name] = Number(value);
  }
  req.params = params;
  next();
};

const double = (req, res, next) => {
  req.params = { ...req.params, twice: req.params.id * 2 };
  next();
};

const show = (req, res) => {
  const { id, part } = req.params;
  res.json({ id, part, kind: typeof req.params.id, all: req.params });
};

app.get('/items/:id', numbers, double, show);

const parts = express.Router({ mergeParams: true });
parts.get('/:part', numbers, show);
app.use('/items/:id/parts', parts);

// Express gives the next layer parameters of its own.
app.use('/used/:id', numbers);
app.get('/used/:id', show);

app.get('/plain/:id', show);

app.listen(process.env.PORT);
