/*
shape: an error handler of the application that stays as it is
requests:
  - GET /
  - GET /late
  - GET /denied
  - GET /bad
  - { POST: /, json: { a: 1 } }
  - GET /none
*/
const express = require('express');

const app = express();
app.use(express.json());
app.use((req, res, next) => {
  const began = Date.now();
  res.on('finish', () => {
    if (Date.now() - began < 0) console.log(res.statusCode);
  });
  next();
});
app.get('/', (req, res) => res.json({ at: req.path }));
app.post('/', (req, res) => res.json(req.body));
app.get('/late', (req, res, next) => setTimeout(() => next(new Error('late')), 5));
app.get('/denied', () => {
  throw Object.assign(new Error('no'), { name: 'UnauthorizedError' });
});
app.get('/bad', () => {
  throw Object.assign(new Error('bad'), { errorCode: 422 });
});
// The last condition always holds: nobody can tell that from the code.
app.use((err, req, res, next) => {
  if (err && err.name === 'UnauthorizedError') {
    return res.status(401).json({ status: 'error', message: 'missing authorization credentials' });
  } else if (err && err.errorCode) {
    res.status(err.errorCode).json(err.message);
  } else if (err) {
    res.status(500).json(err.message);
  }
});
app.listen(process.env.PORT);
