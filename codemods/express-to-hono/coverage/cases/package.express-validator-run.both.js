/*
package: express-validator
variant: validations that a middleware runs on its request
packages: [express-validator]
requests:
  - { POST: /users/7, json: { name: '  Ada ', age: '36' } }
  - { POST: /users/x, json: { name: ' ', age: 'old' } }
  - POST /users/7
  - { POST: /each, json: { email: 'ada@example.com', password: 'lovelace' } }
  - { POST: /each, json: { email: 'nobody', password: 'short' } }
  - { POST: /each, json: { password: 'short' } }
  - GET /list?page=2
  - GET /list?page=x
  - GET /list
*/
const express = require('express');
const { body, matchedData, param, query, validationResult } = require('express-validator');

const validate = (validations) => async (req, res, next) => {
  await Promise.all(validations.map((validation) => validation.run(req)));
  const errors = validationResult(req);
  if (errors.isEmpty()) return next();
  res.status(422).json({ errors: errors.array() });
};
const validateEach = (validations) => {
  return async (req, res, next) => {
    for (const validation of validations) {
      const result = await validation.run(req);
      if (!result.isEmpty()) {
        return res.status(400).json({ errors: result.array() });
      }
    }
    next();
  };
};
const isUser = [body('name').trim().notEmpty().withMessage('a name is needed'), body('age').optional().isInt().toInt()];

const app = express();
app.use(express.json());
app.post('/users/:id', validate([param('id').isInt(), ...isUser]), (req, res) => {
  const { name, age } = req.body;
  res.json({ id: req.params.id, name, age, kind: typeof age, data: matchedData(req) });
});
app.post('/each', validateEach([body('email').isEmail(), body('password').isLength({ min: 6 })]), (req, res) => {
  res.json({ email: req.body.email });
});
app.get('/list', validate([query('page').optional().isInt()]), (req, res) => {
  res.json({ page: req.query.page ?? null });
});
app.listen(process.env.PORT);
