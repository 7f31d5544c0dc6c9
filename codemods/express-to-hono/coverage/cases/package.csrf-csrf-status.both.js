/*
package: csrf-csrf
variant: nothing handles the error
packages: [csrf-csrf, cookie-parser]
cookies: true
mask: ['csrf=[^;]+', '"token":"[^"]+"', '(?<=^etag: ).*', '    at .*']
requests:
  - GET /token
  - POST /save
  - { POST: /save, headers: { x-csrf-token: made.up } }
*/
const express = require('express');
const cookieParser = require('cookie-parser');
const { doubleCsrf } = require('csrf-csrf');

const { doubleCsrfProtection } = doubleCsrf({
  getSecret: () => 'secret',
  getSessionIdentifier: (req) => req.headers['user-agent'] || 'none',
  cookieName: 'csrf',
  cookieOptions: { secure: false },
});
const app = express();
app.use(cookieParser());
app.use(doubleCsrfProtection);
app.get('/token', (req, res) => res.json({ token: req.csrfToken() }));
app.post('/save', (req, res) => res.json({ saved: true }));
app.listen(process.env.PORT);
