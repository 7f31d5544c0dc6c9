/*
adversarial: a function nobody knows
requests: [GET /items/4, GET /plain/5, GET /json]
*/
const express = require('express');
const { clean } = require('cleans-requests');

const app = express();
function cleaning(req, res, next) {
  clean(req, res);
  next();
}
app.get('/items/:id', cleaning, (req, res) => {
  res.json(req.params.id);
});
app.get('/plain/:id', (req, res) => {
  res.json(req.params.id);
});
app.use(cleaning);
app.get('/json', (req, res) => {
  res.json(1);
});
app.listen(process.env.PORT);
