/*
package: csurf
packages: [csurf, cookie-parser]
mask: ['_csrf=[^;]+', '"token":"[^"]+"', '(?<=^etag: ).*']
requests:
  - GET /
  - { POST: / }
  - { POST: /, headers: { Cookie: _csrf=secret-of-the-case-01, X-CSRF-Token: geLore1d-ebujb2Y5OyMMNxy1O4BJ74pBXbI } }
*/
const express = require('express');

const app = express();
const cookieParser = require('cookie-parser');
const csurf = require('csurf');
app.use(cookieParser());
app.use(csurf({ cookie: true }));
app.get('/', (req, res) => {
  res.json({ token: req.csrfToken() });
});
app.post('/', (req, res) => {
  res.json({ saved: true });
});
app.listen(process.env.PORT);
