/*
package: express-validator
packages: [express-validator]
requests: [{ POST: /, json: { email: a@b.co } }, { POST: /, json: { email: x } }]
*/
const express = require('express');

const app = express();
const { body, validationResult } = require('express-validator');
app.use(express.json());
app.post('/', body('email').isEmail(), (req, res) => {
  const errors = validationResult(req);
  if (!errors.isEmpty()) return res.status(422).json({ errors: errors.array().map(({ path }) => path) });
  res.send('valid');
});
app.listen(process.env.PORT);
