const { rateLimit } = require('express-rate-limit');
const { body, validationResult } = require('express-validator');

const limit = rateLimit({ windowMs: 60000, max: 100, standardHeaders: false, legacyHeaders: false });
const made = (_kind) => [
  body('name').isString(),
  (req, res, next) => {
    if (!validationResult(req).isEmpty()) return res.status(400).json({ made: false });
    next();
  },
];
const rules = {
  held: [
    body('name').isString(),
    (req, res, next) => {
      if (!validationResult(req).isEmpty()) return res.status(400).json({ held: false });
      next();
    },
  ],
};
const packages = () => [body('name').isString(), body('name').exists()];
const keptMade = [limit, ...made('b')];
const keptHeld = [limit, ...rules.held];
const keptPackages = [limit, ...packages()];

module.exports = { made, rules, packages, keptMade, keptHeld, keptPackages };
