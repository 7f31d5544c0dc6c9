/*
member: app.use
variant: an error handler that is given texts and objects
requests:
  - GET /users/1
  - GET /users/9
  - { HEAD: /users/9 }
  - { POST: /users, json: { name: Ada } }
  - { POST: /users, json: {} }
  - { POST: /users, json: { name: taken } }
  - { POST: /users, headers: { content-type: application/json }, body: '{' }
  - GET /text
  - GET /object
  - GET /list
  - GET /error
  - GET /late
  - { GET: /guarded }
  - { GET: /guarded, headers: { x-key: k } }
  - GET /inner/one
  - GET /inner/two
  - GET /number
  - GET /log
  - GET /nowhere
*/
const express = require('express');

const app = express();
const users = express.Router();
const inner = express.Router();
const log = [];

const service = {
  async find(id) {
    if (id !== '1') throw 'User not found';
    return { id };
  },
  async create({ name }) {
    if (name === 'taken') throw `Name "${name}" is taken`;
    return { id: 2, name };
  },
};
function validate(req, next) {
  if (!req.body.name) {
    next(`Validation error: ${['name'].join(', ')}`);
  } else {
    req.body = { name: req.body.name };
    next();
  }
}
function createSchema(req, res, next) {
  validate(req, next);
}

app.use(express.json());
app.use((req, res, next) => {
  res.set('X-Seen', 'yes');
  res.on('finish', () => log.push(`${req.method} ${req.originalUrl} ${res.statusCode}`));
  next();
});
users.get('/:id', (req, res, next) => {
  service
    .find(req.params.id)
    .then((user) => res.json(user))
    .catch(next);
});
users.post('/', createSchema, (req, res, next) => {
  service
    .create(req.body)
    .then((user) => res.status(201).json(user))
    .catch(next);
});
app.use('/users', users);
app.get('/text', () => {
  throw 'thrown at once';
});
app.get('/object', (req, res, next) => next({ status: 418, why: 'an object' }));
app.get('/list', () => {
  throw ['a', 'list'];
});
app.get('/number', () => {
  throw 7;
});
app.get('/error', (req, res, next) => next(new TypeError('an Error')));
app.get('/late', (req, res, next) => {
  setImmediate(() => next('said later'));
});
app.use('/guarded', (req, res, next) => {
  if (req.get('x-key') !== 'k') return next('No key: not found');
  next();
});
app.get('/guarded', (req, res) => res.send('inside'));
inner.use((req, res, next) => {
  res.set('X-Inner', 'yes');
  next();
});
inner.get('/one', (req, res, next) => {
  res.status(202);
  next('from inside');
});
inner.get('/two', async (req, res, next) => {
  try {
    res.json(await service.find('2'));
  } catch (error) {
    next(error);
  }
});
app.use('/inner', inner);
app.get('/log', (req, res) => res.json(log));
app.use((err, req, res, next) => {
  switch (true) {
    case typeof err === 'string':
      return res.status(err.toLowerCase().endsWith('not found') ? 404 : 400).json({ message: err });
    case Array.isArray(err):
      return res.status(409).json({ list: err });
    case err instanceof Error:
      return res.status(err.status || 500).json({ error: err.name });
    default:
      return res.status(err.status || 500).json({ given: err });
  }
});
app.listen(process.env.PORT);
