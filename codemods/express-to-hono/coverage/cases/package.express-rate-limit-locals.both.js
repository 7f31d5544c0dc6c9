/*
package: express-rate-limit
variant: an option reads res.locals, which is one object here
packages: [express-rate-limit]
mask: ['X-RateLimit-Reset: \d+']
requests:
  - GET /login?fails=1
  - GET /login?fails=1
  - GET /login
  - GET /login
  - GET /login
*/
const express = require('express');
const { rateLimit } = require('express-rate-limit');

const app = express();
app.use((req, res, next) => {
  res.locals.seen = true;
  next();
});
app.get(
  '/login',
  rateLimit({
    windowMs: 60000,
    limit: 2,
    legacyHeaders: false,
    skipFailedRequests: true,
    requestWasSuccessful: (req, res) => res.locals.seen === true && !res.locals.error && res.statusCode < 400,
  }),
  (req, res) => {
    if (req.query.fails) res.locals.error = 'failed';
    const names = Object.keys(res.locals);
    res.json({ names });
  },
);
app.listen(process.env.PORT);
