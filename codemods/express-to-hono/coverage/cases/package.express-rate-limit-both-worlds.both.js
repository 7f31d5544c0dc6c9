/*
package: express-rate-limit
variant: one counter for what is converted and what stays
packages: [express-rate-limit, cors, helmet]
mask: ['(?<=ratelimit-reset: )\d+', '(?<=retry-after: )\d+', '(?<=x-ratelimit-reset: )\d+']
requests: [GET /converted, GET /stays, GET /converted, GET /stays, GET /converted, { GET: /stays, headers: { Origin: http://a } }, { GET: /converted, headers: { Origin: http://a } }]
*/
const express = require('express');
const { rateLimit } = require('express-rate-limit');
const cors = require('cors');
const helmet = require('helmet');

const app = express();
app.use(helmet());
app.use(cors({ origin: 'http://a' }));
app.use(rateLimit({ windowMs: 60_000, limit: 4, standardHeaders: true, legacyHeaders: false, validate: false }));
app.get('/converted', (req, res) => res.json({ converted: true }));
app.get('/stays', (req, res) => {
  const answer = { res };
  answer.res.json({ stays: true });
});
app.listen(process.env.PORT);
