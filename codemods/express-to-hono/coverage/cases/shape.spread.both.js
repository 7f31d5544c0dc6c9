/*
shape: arrays and spreads
variant: spread
requests: [GET /]
*/
const express = require('express');

const app = express();
const chain = [
  (req, res, next) => {
    res.set('X-One', '1');
    next();
  },
];
app.get('/', ...chain, (req, res) => {
  res.send('spread');
});
app.listen(process.env.PORT);
