/*
package: celebrate
variant: parameters of the path
packages: [celebrate]
requests: [{ POST: /users/7, json: {} }, { POST: /users/x, json: {} }]
*/
const express = require('express');

const app = express();
const { celebrate, errors, Joi, Segments } = require('celebrate');
app.post('/users/:id', celebrate({ [Segments.PARAMS]: { id: Joi.number().integer() } }), (req, res) => {
  res.json({ id: req.params.id });
});
app.use(errors());
app.listen(process.env.PORT);
