/*
package: express-basic-auth
packages: [express-basic-auth]
requests:
  - GET /open
  - GET /
  - { GET: /, headers: { Authorization: Basic YTpi } }
  - { GET: /, headers: { Authorization: Basic YTpj } }
*/
const express = require('express');
const basicAuth = require('express-basic-auth');

const app = express();
app.get('/open', (req, res) => {
  res.json('open');
});
app.use(basicAuth({ users: { a: 'b' }, challenge: true, realm: 'notes', unauthorizedResponse: () => ({ no: 1 }) }));
app.get('/', (req, res) => {
  res.json(req.auth.user);
});
app.listen(process.env.PORT);
