/*
shape: a validator that reads and sets the part of the request it is told, the query among them
requests:
  - GET /users?page=2&limit=5&unknown=x
  - GET /users?page=two
  - GET /users
  - GET /users/7
  - GET /users/x
  - { PATCH: /users/7, json: { name: ' Ada ', age: '36', extra: 1 } }
  - { PATCH: /users/7, json: { age: 'old' } }
  - { PATCH: /users/7 }
  - { POST: /users, json: { name: Grace } }
  - { POST: '/users/7/notes?draft=1', json: { name: a note } }
  - { POST: '/users/x/notes?draft=1', json: { name: a note } }
*/
const express = require('express');

const number = (value) => {
  if (value !== undefined && !/^\d+$/.test(value)) throw new TypeError(`${value} is no number`);
  return value === undefined ? undefined : Number(value);
};
const text = (value) => value?.trim();
const parse = (fields, given) =>
  Object.fromEntries(Object.entries(fields).map(([name, make]) => [name, make(given[name])]));

const validate = (fields, part = 'body') => (req, res, next) => {
  try {
    req[part] = parse(fields, req[part] ?? {});
    next();
  } catch (error) {
    next(Object.assign(error, { status: 400, part }));
  }
};

const users = express.Router();
const list = (req, res) => res.json({ page: [req.query.page ?? null, typeof req.query.page], names: Object.keys(req.query) });
const show = (req, res) => res.json({ id: req.params.id, type: typeof req.params.id });
const change = (req, res) => res.json({ id: req.params.id, body: req.body, draft: req.query.draft ?? null });
users.get('/', validate({ page: number }, 'query'), list);
users.post('/', validate({ name: text }), change);
users.get('/:id', validate({ id: number }, 'params'), show);
users.patch('/:id', validate({ id: number }, 'params'), validate({ name: text, age: number }), change);
users.post('/:id/notes', validate({ id: number }, 'params'), validate({ draft: Boolean }, 'query'), change);

const app = express();
app.use(express.json());
app.use('/users', users);
app.use((err, req, res, next) => {
  res.status(err.status ?? 500).json({ code: err.status ?? 500, message: err.message });
});
app.listen(process.env.PORT);
