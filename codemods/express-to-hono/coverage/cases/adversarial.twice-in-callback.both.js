/*
adversarial: answered twice in a callback
requests: [GET /, 'GET /?row=1', GET /nested]
*/
const express = require('express');

const app = express();
process.on('uncaughtException', () => {});
const find = (key, done) => setTimeout(() => done(null, key ? { key } : null), 1);
app.get('/', (req, res) => {
  find(req.query.row, (err, row) => {
    {
      if (row) {
        res.sendStatus(400);
      }
      res.end(`pre-${req.path}`);
    }
  });
});
app.get('/nested', (req, res) => {
  find('a', () => {
    res.status(202).json('first');
    res.set('X-Late', 'yes').json('second');
  });
});
app.listen(process.env.PORT);
