/*
shape: a helper that takes the response out of an object, of a route that stays and of one that does not
requests: [GET /kept, GET /users, GET /kept, GET /users/7]
*/
const express = require('express');

const app = express();
const counts = { all: 0 };
const answer = ({ res, data }) => {
  counts.all += 1;
  return res.status(201).json({ data, all: counts.all });
};
const show = ({ req, res }) => answer({ res, data: req.params.id });
app.get('/kept', (req, res) => answer({ res, data: req.httpVersion }));
app.get('/users', (req, res) => answer({ res, data: 'users' }));
app.get('/users/:id', (req, res) => show({ req, res }));
app.listen(process.env.PORT);
