/*
package: express-rate-limit
packages: [express-rate-limit]
mask: ['X-RateLimit-Reset: \d+']
requests: [GET /, GET /, GET /]
*/
const express = require('express');

const app = express();
const { rateLimit } = require('express-rate-limit');
app.use(rateLimit({ windowMs: 60000, limit: 2, legacyHeaders: false }));
app.get('/', (req, res) => {
  res.send('x');
});
app.listen(process.env.PORT);
