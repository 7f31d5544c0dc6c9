/*
package: express-validator
variant: sanitizers, of the body, the query and parameters of the path
packages: [express-validator]
requests:
  - { POST: /users/7, json: { name: '  Ada ', age: '36', tags: 'a,b' } }
  - { POST: /users/x, json: { name: '' } }
  - GET /list?page=2&order=%20up
  - GET /list?page=x
  - GET /plain/7
  - { POST: /one, json: { phone: '1' } }
*/
const express = require('express');

const app = express();
const { body, check, matchedData, oneOf, param, query, validationResult } = require('express-validator');
const checked = (req, res, next) => {
  const errors = validationResult(req);
  if (errors.isEmpty()) return next();
  return res.status(422).json({ errors: errors.array() });
};
const user = [
  param('id').isInt().toInt(),
  body('name').trim().notEmpty().withMessage('a name is needed'),
  check('age').optional().toInt(),
  body('tags').customSanitizer((value) => (value ? value.split(',') : [])),
];
app.use(express.json());
app.post('/users/:id', user, checked, (req, res) => {
  res.json({ id: req.params.id, kind: typeof req.params.id, body: req.body, data: matchedData(req) });
});
app.get('/list', [query('page').isInt().toInt(), query('order').trim()], checked, (req, res) => {
  res.json({ query: req.query, data: matchedData(req, { locations: ['query'] }) });
});
app.get('/plain/:id', (req, res) => res.json({ id: req.params.id }));
app.post('/one', oneOf([body('phone').isLength({ min: 3 }), body('mail').isEmail()]), checked, (req, res) => {
  res.send('one');
});
app.listen(process.env.PORT);
