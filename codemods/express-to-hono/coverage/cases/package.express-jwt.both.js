/*
package: express-jwt
packages: [express-jwt]
requests:
  - GET /open
  - GET /me
  - { GET: /me, headers: { Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3Iiwicm9sZSI6InVzZXIifQ.VlaDGV-HhafSQyayi610p3HoNBYT39NoZVwczhGggj0 } }
  - { GET: /me, headers: { Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3In0.DCWDgu2LDxD0YfRyQae_uamnTv_IBN2wmKTpCAd6mUM } }
  - { GET: /me, headers: { Authorization: Basic eDp5 } }
  - { GET: /profile, headers: { Authorization: Token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3Iiwicm9sZSI6InVzZXIifQ.VlaDGV-HhafSQyayi610p3HoNBYT39NoZVwczhGggj0 } }
  - GET /profile
  - { GET: /admin, headers: { Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3Iiwicm9sZSI6InVzZXIifQ.VlaDGV-HhafSQyayi610p3HoNBYT39NoZVwczhGggj0 } }
*/
const express = require('express');

const app = express();
const { expressjwt } = require('express-jwt');
const secret = 'secret-of-the-case';
const tokenOf = (req) => {
  const [kind, token] = (req.headers.authorization || '').split(' ');
  return kind === 'Token' ? token : null;
};
const optional = expressjwt({
  secret,
  algorithms: ['HS256'],
  credentialsRequired: false,
  requestProperty: 'payload',
  getToken: tokenOf,
});
const authorize = (...roles) => [
  expressjwt({ secret, algorithms: ['HS256'] }),
  (req, res, next) => (roles.includes(req.auth.role) ? next() : res.status(403).json({ needs: roles })),
];
app.use(expressjwt({ secret, algorithms: ['HS256'] }).unless({ path: ['/open', '/profile'] }));
app.get('/open', (req, res) => res.send('open'));
app.get('/me', (req, res) => res.json(req.auth));
app.get('/profile', optional, (req, res) => res.json({ payload: req.payload || null }));
app.get('/admin', authorize('admin'), (req, res) => res.send('admin'));
app.use((err, req, res, next) => {
  if (err.name !== 'UnauthorizedError') return next(err);
  res.status(err.status).json({ code: err.code, message: err.message });
});
app.listen(process.env.PORT);
