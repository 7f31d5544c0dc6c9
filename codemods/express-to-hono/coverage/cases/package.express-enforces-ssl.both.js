/*
package: express-enforces-ssl
packages: [express-enforces-ssl]
requests:
  - GET /page?a=1
  - POST /page
  - { GET: /page?a=1, headers: { X-Forwarded-Proto: https } }
  - { POST: /page, headers: { X-Forwarded-Proto: https } }
*/
const express = require('express');
const enforce = require('express-enforces-ssl');

const app = express();
app.enable('trust proxy');
app.use(enforce());
app.all('/page', (req, res) => {
  res.send('safe');
});
app.listen(process.env.PORT);
