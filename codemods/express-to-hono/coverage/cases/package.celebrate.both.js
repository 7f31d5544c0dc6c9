/*
package: celebrate
packages: [celebrate]
requests:
  - { POST: /users/7, json: { name: Ada, age: '36' } }
  - { POST: /users/7, json: { age: 36 } }
  - { POST: /users/7, json: { name: Ada, more: 1 } }
  - { POST: /users/7, body: '{', type: application/json }
  - GET /search?q=a&page=2
  - GET /search?q=a
  - GET /search
  - GET /fails
  - GET /none
*/
const express = require('express');

const app = express();
const { celebrate, errors, Joi, Segments } = require('celebrate');
app.use(express.json());
app.post(
  '/users/:id',
  celebrate({
    [Segments.BODY]: Joi.object({ name: Joi.string().required(), age: Joi.number().default(1) }),
  }),
  (req, res) => {
    res.status(201).json({ id: req.params.id, user: req.body });
  },
);
app.get(
  '/search',
  celebrate({ query: { q: Joi.string().required(), page: Joi.number().default(1) } }),
  (req, res) => {
    res.json({ q: req.query.q, page: req.query.page });
  },
);
app.get('/fails', () => {
  throw new Error('not of celebrate');
});
app.use(errors());
app.listen(process.env.PORT);
