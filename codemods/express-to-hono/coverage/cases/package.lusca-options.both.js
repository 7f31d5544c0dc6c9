/*
package: lusca
variant: all of it in one, a token in a cookie, and paths that it leaves alone
packages: [lusca, express-session]
mask: ['connect\.sid=[^;]+', 'XSRF=[^;]+', 'Expires=[^;]+', "nonce-[^']+"]
requests: [GET /, POST /, POST /open/hook, GET /open/hook]
*/
const express = require('express');
const session = require('express-session');
const lusca = require('lusca');

const app = express();
app.use(session({ secret: 's', resave: false, saveUninitialized: true }));
app.use(
  lusca({
    csrf: { cookie: { name: 'XSRF' }, blocklist: [{ type: 'startsWith', path: '/open' }] },
    csp: { policy: { 'script-src': "'self'" }, scriptNonce: true },
    xframe: 'DENY',
    p3p: 'CP',
  }),
);
app.all(['/', '/open/hook'], (req, res) => {
  res.json([typeof res.locals.nonce, typeof res.locals._csrf]);
});
app.use((err, req, res, next) => {
  res.status(res.statusCode).json({ error: err.message });
});
app.listen(process.env.PORT);
