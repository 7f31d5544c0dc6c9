/*
package: csurf
packages: [csurf, cookie-parser]
mask: ['_csrf=[^;]+', '"token":"[^"]+"', '(?<=^etag: ).*']
requests:
  - GET /
  - { POST: /, json: { a: 1 } }
  - { POST: /, json: { a: 1 }, headers: { Cookie: _csrf=secret-of-the-case-01, X-CSRF-Token: geLore1d-ebujb2Y5OyMMNxy1O4BJ74pBXbI } }
  - { POST: /, json: { _csrf: geLore1d-ebujb2Y5OyMMNxy1O4BJ74pBXbI }, headers: { Cookie: _csrf=secret-of-the-case-01 } }
  - { POST: /, json: { a: 1 }, headers: { Cookie: _csrf=another-secret, X-CSRF-Token: geLore1d-ebujb2Y5OyMMNxy1O4BJ74pBXbI } }
*/
const express = require('express');

const app = express();
const cookieParser = require('cookie-parser');
const csurf = require('csurf');
app.use(cookieParser());
app.use(express.json());
app.use(csurf({ cookie: true }));
app.get('/', (req, res) => {
  res.json({ token: req.csrfToken() });
});
app.post('/', (req, res) => {
  res.json({ saved: req.body });
});
app.use((err, req, res, next) => {
  if (err.code !== 'EBADCSRFTOKEN') return next(err);
  res.status(403).send('form tampered with');
});
app.listen(process.env.PORT);
