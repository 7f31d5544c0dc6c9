/*
adversarial: next() behind an answer, where something is registered that the request comes to
requests: [GET /log, GET /users, GET /log, GET /two, GET /log, GET /shared/a, GET /log, GET /all/x, GET /log, GET /late, GET /log, GET /maybe, GET /sent, GET /log]
*/
const express = require('express');

const app = express();
const log = [];
const note = (name) => (req, res, next) => {
  log.push(name);
  next();
};
app.get('/log', (req, res) => {
  res.json(log);
});
app.get('/two', (req, res, next) => {
  res.send('two');
  next();
}, note('behind two'));
const users = express.Router();
users.get('/', (req, res, next) => {
  res.json(['ada']);
  next();
});
app.use('/users', users);
app.use('/users', note('behind users'));
const shared = express.Router();
shared.get('/a', (req, res, next) => {
  res.send('a');
  next();
});
shared.get('/:name', note('behind a'));
app.use('/shared', shared);
app.get('/all/:id', (req, res, next) => {
  res.send('one');
  next();
});
app.get('/all/x', note('behind all'));
app.get('/late', (req, res, next) => {
  setImmediate(() => res.send('late'));
  next();
});
app.get('/maybe', (req, res, next) => {
  if (req.query.x) res.send('x');
  next();
});
const sent = (req, res, next) => {
  res.send('sent');
  next();
};
app.get('/sent', (req, res) => {
  sent(req, res, () => log.push('sent'));
});
app.use('/maybe', (req, res) => {
  res.send('behind maybe');
});
app.use('/late', note('behind late'));
app.listen(process.env.PORT);
