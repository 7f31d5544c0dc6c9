/*
package: request-ip
packages: [request-ip]
requests:
  - GET /
  - { GET: /, headers: { X-Forwarded-For: '203.0.113.7, 10.0.0.1' } }
  - { GET: /, headers: { X-Client-IP: 198.51.100.2 } }
  - { GET: /, headers: { X-Client-IP: nothing } }
*/
const express = require('express');
const requestIp = require('request-ip');

const app = express();
app.use(requestIp.mw());
app.use(requestIp.mw({ attributeName: 'caller' }));
app.get('/', (req, res) => {
  res.json([req.clientIp, req.caller === req.clientIp]);
});
app.listen(process.env.PORT);
