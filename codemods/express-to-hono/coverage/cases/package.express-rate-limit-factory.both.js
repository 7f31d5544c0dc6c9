/*
package: express-rate-limit
variant: by a function that gives it back or a function of its own
packages: [express-rate-limit]
mask: ['X-RateLimit-Reset: \d+']
requests:
  - GET /open
  - GET /open
  - GET /open
  - GET /two
  - GET /two
  - GET /two
  - { POST: /one, json: {} }
  - { POST: /one, json: {} }
  - GET /off
  - GET /off
*/
const express = require('express');
const { rateLimit: expressRateLimit } = require('express-rate-limit');

const app = express();

function rateLimit(params) {
  if (params.off) {
    return function (req, res, next) {
      res.setHeader('X-Limit', 'off');
      return next();
    };
  }
  return expressRateLimit({ windowMs: 60000, limit: params.limit, legacyHeaders: false });
}

const router = express.Router();
router.get('/two', rateLimit({ limit: 2 }), (req, res) => res.json({ two: true }));
router.post('/one', rateLimit({ limit: 1 }), (req, res) => res.json({ one: true }));
router.get('/off', rateLimit({ off: true }), (req, res) => res.json({ off: true }));
app.use(express.json());
app.get('/open', (req, res) => res.send('open'));
app.use(router);
app.listen(process.env.PORT);
