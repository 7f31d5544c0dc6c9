/*
shape: 'an error handler that goes on with `next()`: the routes after it answer'
requests:
  - GET /a
  - { POST: /a, body: '{bad', headers: { Content-Type: application/json } }
  - { POST: /a, body: '{}', headers: { Content-Type: 'application/json; charset=none' } }
  - { POST: /b, body: '{}', headers: { Content-Type: 'application/json; charset=none' } }
  - { POST: /a, json: { x: 1 } }
  - GET /before
*/
const express = require('express');

const app = express();
app.get('/before', (req, res) => {
  throw new TypeError('before');
});
app.use(express.json());
app.use((error, req, res, next) => {
  if (error instanceof SyntaxError && error.type === 'entity.parse.failed') {
    res.status(415);
    return res.send('Invalid payload!');
  }
  next();
});
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.post('/a', (req, res) => {
  res.status(201).json(req.body ?? null);
});
app.use('/before', (req, res) => {
  res.send('recovered');
});
app.listen(process.env.PORT);
