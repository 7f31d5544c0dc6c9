/*
adversarial: answered in a callback in a callback
requests: [GET /, 'GET /?fail=1']
*/
const express = require('express');

const app = express();
const step = (value, callback) => setImmediate(() => callback(null, value + 1));
app.get('/', (req, res, next) => {
  step(1, (error, two) => {
    if (error) return next(error);
    if (req.query.fail) return next(new Error('failed'));
    step(two, (error, three) => {
      if (error) return next(error);
      res.json({ three });
    });
  });
});
app.listen(process.env.PORT);
