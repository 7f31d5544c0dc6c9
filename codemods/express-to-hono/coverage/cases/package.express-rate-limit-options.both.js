/*
package: express-rate-limit
variant: a message, a key, what is left out, a handler of its own, at a path and in a route
packages: [express-rate-limit]
mask: ['RateLimit-Reset: \d+', 'reset=\d+', 'Retry-After: \d+', '; t=\d+']
requests:
  - { GET: /api/a, headers: { x-user: one } }
  - { GET: /api/a, headers: { x-user: one } }
  - { GET: /api/a, headers: { x-user: two } }
  - { GET: /api/health, headers: { x-user: one } }
  - POST /login
  - POST /login
  - GET /left
  - GET /left
*/
const express = require('express');

const app = express();
const { rateLimit } = require('express-rate-limit');
app.use(
  '/api',
  rateLimit({
    windowMs: 60000,
    limit: 1,
    standardHeaders: 'draft-7',
    message: { error: 'too many' },
    keyGenerator: (req) => req.get('x-user') || 'nobody',
    skip: (req) => req.path === '/health',
  }),
);
const once = rateLimit({
  windowMs: 60000,
  max: 1,
  statusCode: 400,
  handler: (req, res, next, options) => res.status(options.statusCode).json({ limit: req.rateLimit.limit }),
});
app.get('/api/a', (req, res) => res.send('a'));
app.get('/api/health', (req, res) => res.send('well'));
app.post('/login', once, (req, res) => res.send('in'));
app.get('/left', rateLimit({ windowMs: 60000, limit: 2, legacyHeaders: true }), (req, res) => {
  res.json({ remaining: req.rateLimit.remaining });
});
app.listen(process.env.PORT);
