/*
shape: next() behind an answer, where nothing is registered that the request comes to
requests: [GET /users, GET /users/7, POST /users, GET /fails, GET /log, GET /early, 'GET /early?x=1', GET /nowhere]
*/
const express = require('express');

const app = express();
const log = [];
const users = express.Router();

users.get('/', (req, res, next) => {
  res.json(['ada']);
  log.push('list');
  next();
});
users.get('/:id', async (req, res, next) => {
  const { id } = req.params;
  res.status(200).json({ id });
  return next();
});
users.post('/', (req, res, next) => {
  try {
    res.status(201).send('made');
    next();
  } catch (error) {
    next(error);
  }
});
app.use('/users', users);
app.get('/fails', () => {
  throw new Error('broken');
});
app.get('/early', (req, res, next) => {
  if (req.query.x) {
    res.send('x');
    next();
  } else {
    res.send('none');
    return next();
  }
});
app.get('/log', (req, res) => {
  res.json(log);
});
app.use((error, req, res, next) => {
  res.status(500).json({ message: error.message });
  log.push(error.message);
  next();
});
app.listen(process.env.PORT);
