/*
member: app.use
variant: error handlers behind the parsers, for bodies that are none, and behind everything
requests:
  - { POST: /echo, json: { a: 1 } }
  - { POST: /echo, body: '{"a":', headers: { Content-Type: application/json } }
  - { POST: /echo, body: 'a=1&b=2', headers: { Content-Type: application/x-www-form-urlencoded } }
  - { POST: /echo, body: '{"a":"0123456789012345678901234567890123456789012345678901234567890123456789"}', headers: { Content-Type: application/json } }
  - { GET: /echo, headers: { X-Stop: mine } }
  - { GET: /echo, headers: { X-Stop: other } }
  - GET /syntax
  - GET /fails
  - GET /api/syntax
  - GET /nothing
*/
const express = require('express');

const app = express();
app.use(express.json({ limit: 64 }));
app.use(express.urlencoded({ extended: false }));
app.use((req, res, next) => {
  const stop = req.get('X-Stop');
  if (stop) return next(Object.assign(new SyntaxError(stop), { status: 422 }));
  res.set('X-Passed', 'yes');
  next();
});
app.use((err, req, res, next) => {
  if (err instanceof SyntaxError && err.message !== 'other')
    return res.status(400).json({ by: 'the early one', status: err.status });
  next(err);
});
app.post('/echo', (req, res) => res.json(req.body));
app.get('/syntax', () => {
  throw new SyntaxError('of a route');
});
app.get('/fails', (req, res, next) => next(Object.assign(new Error('fails'), { status: 409 })));
const api = express.Router();
api.get('/syntax', () => {
  throw new SyntaxError('of a router');
});
app.use('/api', api);
app.use((req, res, next) => {
  next(Object.assign(new SyntaxError('no such page'), { status: 404 }));
});
const log = (err, req, res, next) => {
  res.set('X-Logged', err.message.slice(0, 9));
  next(err);
};
app.use(log);
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ by: 'the last one', name: err.name });
});
app.listen(process.env.PORT);
