/*
shape: 'lists of handlers that are spread into other lists: made by a function, held by an object, only of packages'
packages: [express-validator, express-rate-limit]
requests:
  - { POST: /made/1, json: { name: 'ann' } }
  - { POST: /made/2, json: { other: 1 } }
  - { POST: /kept/made/1, json: { name: 'ann' } }
  - { POST: /kept/made/2, json: { other: 1 } }
  - { POST: /held, json: { name: 'ann' } }
  - { POST: /held, json: { name: 7 } }
  - { POST: /kept/held, json: { name: 'ann' } }
  - { POST: /kept/held, json: { name: 7 } }
  - { POST: /packages, json: { name: 'ann' } }
  - { POST: /packages, json: { name: 7 } }
  - { POST: /kept/packages, json: { name: 'ann' } }
  - { POST: /kept/packages, json: { name: 7 } }
*/
const express = require('express');
const { validationResult } = require('express-validator');
const lists = require('./lists');

const app = express();
app.use(express.json());
const tell = (req, res) => {
  res.json({ body: req.body, errors: validationResult(req).array().length });
};
app.post('/made/:id', lists.made('a'), tell);
app.post('/kept/made/:id', lists.keptMade, tell);
app.post('/held', lists.rules.held, tell);
app.post('/kept/held', lists.keptHeld, tell);
app.post('/packages', lists.packages(), tell);
app.post('/kept/packages', lists.keptPackages, tell);
app.listen(process.env.PORT);
