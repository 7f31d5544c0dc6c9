/*
shape: a validator that is handed the request as any object, and assigns what it made to it
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
  - { POST: /users/7/notes?draft=1, json: { name: a note } }
  - GET /headers
*/
const express = require('express');

const pick = (object, keys) =>
  keys.reduce((found, key) => {
    if (object && Object.prototype.hasOwnProperty.call(object, key)) found[key] = object[key];
    return found;
  }, {});

const number = (value) => {
  if (value !== undefined && !/^\d+$/.test(value)) throw new TypeError(`${value} is no number`);
  return value === undefined ? undefined : Number(value);
};
const text = (value) => value?.trim();
const schemas = {
  list: { query: { page: number, limit: (value = 10) => number(String(value)) } },
  one: { params: { id: number } },
  change: { params: { id: number }, body: { name: text, age: number } },
  add: { body: { name: text } },
  note: { params: { id: number }, query: { draft: Boolean }, body: { name: text } },
};

const compile = (schema) => ({
  validate(object) {
    const value = {};
    try {
      for (const [part, fields] of Object.entries(schema)) {
        const given = object[part] ?? {};
        value[part] = {};
        for (const [name, make] of Object.entries(fields)) value[part][name] = make(given[name]);
      }
    } catch (error) {
      return { error };
    }
    return { value };
  },
});

const validate = (schema) => (req, res, next) => {
  const own = pick(schema, ['params', 'query', 'body']);
  const { value, error } = compile(own).validate(pick(req, Object.keys(own)));
  if (error) return next(Object.assign(new Error(error.message), { status: 400 }));
  Object.assign(req, value);
  return next();
};
const catchAsync = (fn) => (req, res, next) => {
  Promise.resolve(fn(req, res, next)).catch((err) => next(err));
};
const idOf = (req) => req.params.id;

const list = catchAsync(async (req, res) => {
  const { page } = req.query;
  res.json({ page: [page, typeof page], only: pick(req.query, ['limit']), names: Object.keys(req.query) });
});
const show = catchAsync(async (req, res) => {
  res.json({ id: idOf(req), type: typeof req.params.id, query: req.query.page ?? null });
});
const change = catchAsync(async (req, res) => {
  res.json({ id: req.params.id, body: req.body, draft: req.query.draft ?? null });
});

const users = express.Router();
users.route('/').get(validate(schemas.list), list).post(validate(schemas.add), change);
users.route('/:id').get(validate(schemas.one), show).patch(validate(schemas.change), change);
users.post('/:id/notes', validate(schemas.note), change);

const app = express();
app.use(express.json());
app.use('/users', users);
app.get('/headers', (req, res) => {
  res.json({ own: pick(req, ['headers', 'method', 'body']) });
});
app.use((err, req, res, next) => {
  res.status(err.status ?? 500).json({ code: err.status ?? 500, message: err.message });
});
app.listen(process.env.PORT);
