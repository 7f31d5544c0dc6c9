/*
package: lusca
packages: [lusca, express-session]
cookies: true
mask: ['connect\.sid=[^;]+', 'Expires=[^;]+']
requests:
  - GET /form
  - GET /form
  - POST /form
  - POST /own
  - { POST: /form, type: application/x-www-form-urlencoded, body: _csrf=wrong }
  - GET /missing
*/
const express = require('express');
const session = require('express-session');
const lusca = require('lusca');

const app = express();
app.use(express.urlencoded({ extended: false }));
app.use(session({ secret: 's', resave: false, saveUninitialized: false }));
app.use((req, res, next) => {
  if (req.path === '/own') req.body = { _csrf: req.session.known };
  next();
});
app.use(lusca.csrf());
app.use(lusca.xframe('SAMEORIGIN'));
app.use(lusca.xssProtection(true));
app.use(lusca.csp({ policy: { 'default-src': "'self'", 'img-src': '*' } }));
app.use(lusca.hsts({ maxAge: 31536000, includeSubDomains: true }));
app.use(lusca.nosniff());
app.use(lusca.referrerPolicy('same-origin'));
app.get('/form', (req, res) => {
  req.session.known = res.locals._csrf;
  res.json([res.locals._csrf.length, res.locals._csrf === req.csrfToken(), typeof req.session._csrfSecret]);
});
app.post(['/form', '/own'], (req, res) => {
  res.json('taken');
});
app.use((err, req, res, next) => {
  res.status(res.statusCode).json({ error: err.message });
});
app.listen(process.env.PORT);
