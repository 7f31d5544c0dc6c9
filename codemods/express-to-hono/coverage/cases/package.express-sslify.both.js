/*
package: express-sslify
packages: [express-sslify]
requests:
  - GET /page?a=1
  - POST /page
  - { GET: /page?a=1, headers: { X-Forwarded-Proto: https } }
  - { POST: /page, headers: { X-Forwarded-Proto: https } }
*/
const express = require('express');
const enforce = require('express-sslify');

const app = express();
app.use(enforce.HTTPS({ trustProtoHeader: true }));
app.all('/page', (req, res) => {
  res.send('safe');
});
app.listen(process.env.PORT);
