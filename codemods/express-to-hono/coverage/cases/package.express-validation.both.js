/*
package: express-validation
packages: [express-validation]
requests:
  - { POST: /users/7, json: { name: ' Ada ', age: '36' } }
  - { POST: /users/7, json: { age: 36 } }
  - { POST: /users/x, json: { name: Ada } }
  - GET /search?page=2
  - GET /search
  - GET /search?page=x
*/
const express = require('express');

const app = express();
const { validate, ValidationError, Joi } = require('express-validation');
const user = {
  params: Joi.object({ id: Joi.number().required() }),
  body: Joi.object({ name: Joi.string().trim().required(), age: Joi.number().default(1) }),
};
const search = { query: Joi.object({ page: Joi.number().default(1) }) };
app.use(express.json());
app.post('/users/:id', validate(user, { context: true }), (req, res) => {
  res.status(201).json({ id: req.params.id, kind: typeof req.params.id, user: req.body });
});
app.get('/search', validate(search), (req, res) => res.json(req.query));
app.use((err, req, res, next) => {
  if (!(err instanceof ValidationError)) return next(err);
  res.status(err.statusCode).json(err);
});
app.listen(process.env.PORT);
