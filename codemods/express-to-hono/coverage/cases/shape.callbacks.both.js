/*
shape: answered in a callback
requests: [GET /ok, GET /fail]
*/
const express = require('express');

const app = express();
const load = (name, callback) => setTimeout(() => {
  if (name === 'fail') return callback(new Error('failed'));
  callback(null, { name });
}, 1);
app.get('/:name', (req, res, next) => {
  load(req.params.name, (error, value) => {
    if (error) return next(error);
    res.json(value);
  });
});
app.listen(process.env.PORT);
