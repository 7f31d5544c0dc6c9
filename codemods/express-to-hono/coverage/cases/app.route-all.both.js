/*
member: app.route
variant: all first
requests: [GET /a, POST /a, PUT /a]
*/
const express = require('express');

const app = express();
app.route('/a')
  .all((req, res, next) => {
    res.set('X-All', req.method);
    next();
  })
  .get((req, res) => {
    res.send('get');
  });
app.listen(process.env.PORT);
