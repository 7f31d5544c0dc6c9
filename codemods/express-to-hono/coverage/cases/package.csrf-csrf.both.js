/*
package: csrf-csrf
packages: [csrf-csrf, cookie-parser]
cookies: true
mask: ['csrf=[^;]+', '"token":"[^"]+"', '(?<=^etag: ).*']
requests:
  - GET /token
  - { POST: /save, json: { a: 1 } }
  - { POST: /save, json: { a: 1 }, headers: { x-csrf-token: made.up } }
  - GET /plain
*/
const express = require('express');

const app = express();
const cookieParser = require('cookie-parser');
const { doubleCsrf } = require('csrf-csrf');
const { doubleCsrfProtection } = doubleCsrf({
  getSecret: () => 'secret',
  getSessionIdentifier: (req) => req.headers['user-agent'] || 'none',
  cookieName: 'csrf',
  cookieOptions: { secure: false },
});
app.use(cookieParser());
app.use(express.json());
app.use(doubleCsrfProtection);
app.get('/token', (req, res) => res.json({ token: req.csrfToken() }));
app.get('/plain', (req, res) => res.send('plain'));
app.post('/save', (req, res) => res.json({ saved: req.body }));
app.use((err, req, res, next) => res.status(err.statusCode || 500).json({ code: err.code }));
app.listen(process.env.PORT);
