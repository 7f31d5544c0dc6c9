/*
adversarial: a promise chain that gives `next` back, and calls what it was given
requests: [GET /later, GET /first, GET /count]
*/
const express = require('express');

const app = express();
let count = 0;
const mark = async (req, res) => {
  res.set('X-Marked', 'yes');
  count += 1;
};
app.get('/later', (req, res, next) => {
  mark(req, res)
    .then(() => next)
    .then((go) => go())
    .catch(next);
});
app.get('/later', (req, res) => res.send('went on'));
app.get('/first', (req, res, next) => {
  mark(req, res)
    .then(() => next())
    .catch(next);
});
app.get('/first', (req, res) => res.send('went on as well'));
app.get('/count', (req, res) => res.json({ count }));
app.listen(process.env.PORT);
