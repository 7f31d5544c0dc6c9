/*
adversarial: next(err) without a return, and an answer after it in a callback
requests: [GET /row, 'GET /row?bad=1']
*/
const express = require('express');

const app = express();
const find = (key, done) => setTimeout(() => done(key ? new Error('no row') : null, { key }), 1);
app.get('/row', (req, res, next) => {
  find(req.query.bad, (err, row) => {
    if (err) next(err);
    if (!res.headersSent) res.json(row);
  });
});
app.use((err, req, res, next) => {
  res.status(500).json(err.message);
});
app.listen(process.env.PORT);
