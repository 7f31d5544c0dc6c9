/*
package: express-jwt
variant: nothing handles the error
packages: [express-jwt]
mask: ['    at .*']
requests:
  - GET /open
  - GET /me
  - { GET: /me, headers: { Authorization: Bearer wrong } }
  - { GET: /me, headers: { Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiYWRhIn0.bMdqulMYcd9PxYzwzaBDGiQ2GTn2oTViEHYfX3nUXFY } }
*/
const express = require('express');
const { expressjwt } = require('express-jwt');

const app = express();
app.get('/open', (req, res) => res.send('open'));
app.use(expressjwt({ secret: 'shhh', algorithms: ['HS256'] }));
app.get('/me', (req, res) => res.json({ name: req.auth.name }));
app.listen(process.env.PORT);
