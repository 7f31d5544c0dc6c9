/*
adversarial: two responses on different branches
requests: [GET /, 'GET /?a=1', 'GET /?b=1', 'GET /?c=1']
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  switch (true) {
    case Boolean(req.query.a):
      res.send('a');
      break;
    case Boolean(req.query.b):
      return res.send('b');
    default:
      if (req.query.c) res.send('c');
      else res.send('none');
  }
});
app.listen(process.env.PORT);
