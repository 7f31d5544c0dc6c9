/*
shape: a branch that answers and one that goes on, with code behind both
requests: [GET /a, 'GET /a?stop=1', GET /count]
*/
const express = require('express');

const app = express();
let count = 0;
app.use((req, res, next) => {
  if (req.query.stop) {
    res.status(400).send('stop');
  } else {
    next();
  }
  console.log('seen', req.path);
});
app.get('/a', (req, res) => {
  count += 1;
  res.send('a');
});
app.get('/count', (req, res) => {
  res.json({ count });
});
app.listen(process.env.PORT);
