/*
package: csurf
variant: the secret is in the session, and nothing handles the error
packages: [csurf, express-session]
cookies: true
mask: ['connect\.sid=[^;]+', '"token":"[^"]+"', '(?<=^etag: ).*', '    at .*']
requests:
  - GET /token
  - { POST: /save, json: { a: 1 } }
  - GET /fixed
  - { POST: /save, json: { _csrf: geLore1d-ebujb2Y5OyMMNxy1O4BJ74pBXbI } }
  - { POST: /save, json: { _csrf: wrong } }
  - { POST: '/save?_csrf=geLore1d-ebujb2Y5OyMMNxy1O4BJ74pBXbI', json: { a: 2 } }
  - { POST: /save, json: { a: 2 }, headers: { CSRF-Token: geLore1d-ebujb2Y5OyMMNxy1O4BJ74pBXbI } }
  - { PUT: /save, json: { a: 2 } }
  - GET /saved
  - HEAD /token
*/
const express = require('express');
const session = require('express-session');
const csurf = require('csurf');

const app = express();
app.use(express.json());
app.use(session({ secret: 's', resave: false, saveUninitialized: false }));
app.get('/fixed', (req, res) => {
  req.session.csrfSecret = 'secret-of-the-case-01';
  res.send('fixed');
});
app.use(csurf());
let saved = 0;
app.get('/token', (req, res) => res.json({ token: req.csrfToken(), isSame: req.csrfToken() === req.csrfToken() }));
app.all('/save', (req, res) => res.json({ saved: ++saved, body: Object.keys(req.body) }));
app.get('/saved', (req, res) => res.json({ saved }));
app.listen(process.env.PORT);
