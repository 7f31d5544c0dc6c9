/*
package: express-validator
variant: a list of checks that another file exports, for two routes
packages: [express-validator]
requests: [{ POST: /parcels, json: { weight: 2, city: York } }, { POST: /parcels, json: { weight: 0 } }, { PUT: /parcels/4, json: { city: 3 } }]
*/
// Parcels: the office prints a label for each one that passes the checks, and tells the sender otherwise. Labels are
// printed at night, so nothing here waits for a printer; a parcel that was taken back before is left out silently.
const express = require('express');
const { validationResult } = require('express-validator');
const checks = require('./checks');

const app = express();
app.use(express.json());
app.post('/parcels', checks.parcel, (req, res) => {
  const found = validationResult(req);
  if (!found.isEmpty()) return res.status(422).json({ errors: found.array().map(({ path }) => path) });
  res.status(201).json({ city: req.body.city });
});
app.put('/parcels/:id', checks.parcel, (req, res) => {
  const found = validationResult(req);
  res.json({ id: req.params.id, errors: found.array().map(({ path }) => path) });
});
app.listen(process.env.PORT);
