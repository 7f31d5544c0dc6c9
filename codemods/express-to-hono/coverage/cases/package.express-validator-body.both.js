/*
package: express-validator
variant: sanitizers of the body, checks of the query, the path, a header and a cookie, and what is bridged no more
packages: [express-validator, cookie-parser]
requests:
  - { POST: /users/7, json: { name: '  Ada ', age: '36', tags: 'a,b' }, headers: { x-kind: new } }
  - { POST: /users/x, json: { name: ' ' } }
  - { POST: /users/7, body: 'name=%20Eve&age=x', type: application/x-www-form-urlencoded }
  - POST /users/7
  - GET /list?page=2&order=%20up
  - GET /list?page=x&page=2
  - { GET: /list?page=3, headers: { cookie: theme=dark } }
  - { POST: /whole, json: [1, 2] }
*/
const express = require('express');
const cookieParser = require('cookie-parser');
const { body, check, cookie, header, matchedData, param, query, validationResult } = require('express-validator');

const app = express();
const checked = (req, res, next) => {
  const errors = validationResult(req);
  if (errors.isEmpty()) return next();
  return res.status(422).json({ errors: errors.array({ onlyFirstError: true }) });
};
const user = [
  param('id').isInt({ min: 1 }).withMessage('a number'),
  body('name').trim().notEmpty().withMessage('a name is needed'),
  body('age').optional().isInt().toInt(),
  body('tags').customSanitizer((value) => (value ? value.split(',') : [])),
  header('x-kind').optional().equals('new'),
];
app.use(express.json());
app.use(express.urlencoded({ extended: false }));
app.use(cookieParser());
app.post('/users/:id', user, checked, (req, res) => {
  const { name, age } = req.body;
  res.json({ id: req.params.id, name, age, kind: typeof age, data: matchedData(req) });
});
app.get(
  '/list',
  query('page').isInt().withMessage('a page'),
  check('order').optional().isString(),
  cookie('theme').optional().isIn(['light']).withMessage('no such theme'),
  checked,
  (req, res) => res.json({ page: req.query.page, data: matchedData(req, { locations: ['query'] }) }),
);
app.post('/whole', body().isObject().withMessage('an object'), (req, res) => {
  res.json(validationResult(req).array().map(({ msg, location }) => [msg, location]));
});
app.listen(process.env.PORT);
