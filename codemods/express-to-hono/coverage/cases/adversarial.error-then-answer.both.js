/*
adversarial: next(err) without a return, and an answer after it
requests: [GET /, 'GET /?bad=1']
*/
const express = require('express');

const app = express();
app.get('/', (req, res, next) => {
  if (req.query.bad) next(new Error('bad'));
  res.json('found');
});
app.use((err, req, res, next) => {
  res.status(500).json(err.message);
});
app.listen(process.env.PORT);
