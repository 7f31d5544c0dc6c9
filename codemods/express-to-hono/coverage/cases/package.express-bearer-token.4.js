/*
package: express-bearer-token
packages: [express-bearer-token, body-parser]
requests:
  - GET /
  - { GET: /, headers: { Authorization: Bearer first } }
  - GET /?access_token=second
  - GET /?access_token[a]=b
  - { GET: /?access_token=second, headers: { Authorization: Bearer first } }
  - { POST: /, json: { access_token: third } }
  - { GET: /own, headers: { Authorization: Token fourth } }
*/
const express = require('express');
const bearerToken = require('express-bearer-token');

const app = express();
app.use(express.json());
app.use(bearerToken());
app.all('/', (req, res) => {
  res.json({ token: req.token });
});
app.get('/own', bearerToken({ headerKey: 'Token', reqKey: 'given' }), (req, res) => {
  res.json([req.given, req.token ?? null]);
});
app.listen(process.env.PORT);
