/*
package: express-validator
variant: validators of the application's own that reject with nothing, and error handlers in turn
packages: [express-validator]
requests:
  - { POST: /users, json: { name: ada } }
  - { POST: /users, json: { name: taken } }
  - { POST: /users, json: { name: thrown } }
  - { POST: /users, json: {} }
  - { POST: /users, body: '{"name":', headers: { Content-Type: application/json } }
  - GET /fails
*/
const express = require('express');
const { body, validationResult } = require('express-validator');

const app = express();
app.use(express.json());
const rules = [
  body('name')
    .exists()
    .withMessage('a name is missing')
    .bail()
    .custom(async (value) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (value === 'taken') return Promise.reject();
    })
    .withMessage('that name is taken')
    .custom((value) => {
      if (value === 'thrown') throw undefined;
      return true;
    })
    .withMessage('that name throws'),
];
app.post('/users', rules, (req, res) => {
  const errors = validationResult(req);
  if (!errors.isEmpty()) return res.status(422).json({ errors: errors.array().map(({ msg }) => msg) });
  res.status(201).json({ name: req.body.name });
});
app.get('/fails', (req, res, next) => {
  Promise.resolve(1)
    .then((one) => {
      if (one) throw new Error('fails');
      res.send('never');
    })
    .catch(next);
});
app.use((err, req, res, next) => {
  res.set('X-Failed', err.name);
  next(err);
});
app.use((err, req, res, next) => res.status(err.status || 500).json({ type: err.type || err.message }));
app.listen(process.env.PORT);
