/*
package: express-session
variant: rolling, not initialised, secure behind a proxy, at a path
packages: [express-session, cookie-parser]
cookies: true
mask: ['(?<==)s%3A[^;]+', 'Expires=[^;]+']
requests:
  - GET /
  - GET /rolling/read
  - GET /rolling/write
  - GET /rolling/read
  - { GET: /rolling/read, headers: { If-None-Match: '*' } }
  - HEAD /rolling/read
  - GET /rolling/missing
  - OPTIONS /rolling/read
  - GET /quiet/read
  - GET /quiet/write
  - GET /quiet/read
  - GET /secure/write
  - { GET: /secure/write, headers: { X-Forwarded-Proto: https } }
  - { GET: /secure/read, headers: { X-Forwarded-Proto: https } }
  - GET /secure/read
  - GET /auto/write
  - { GET: /auto/write, headers: { X-Forwarded-Proto: 'https, http' } }
  - GET /every/one
  - GET /every/one
  - { GET: /every/one, headers: { Cookie: 'every=s%3Aforged.signature' } }
  - { GET: /every/one, headers: { Cookie: 'every=unsigned; every=s%3Atwo.three' } }
  - GET /paths/inside/one
  - GET /paths/outside/one
*/
const express = require('express');
const cookieParser = require('cookie-parser');
const session = require('express-session');

const app = express();
app.set('trust proxy', 1);
app.use(cookieParser('of cookies'));
const quiet = { secret: 'quiet', resave: false, saveUninitialized: false };
app.use('/rolling', session({ ...quiet, name: 'rolling', rolling: true, cookie: { maxAge: 60000, httpOnly: false } }));
app.use('/quiet', session({ ...quiet, name: 'quiet', cookie: { sameSite: 'lax' } }));
app.use('/secure', session({ ...quiet, name: 'secure', cookie: { secure: true } }));
app.use('/auto', session({ ...quiet, name: 'auto', cookie: { secure: 'auto' } }));
app.use('/every', session({ name: 'every', resave: true, saveUninitialized: true }));
app.use('/paths', session({ ...quiet, name: 'paths', saveUninitialized: true, cookie: { path: '/paths/inside' } }));
app.get('/', (req, res) => res.json({ hasSession: req.session !== undefined }));
const routes = express.Router({ mergeParams: true });
routes.get('/read', (req, res) => {
  res.cookie('last', 'read').json({ count: req.session.count, secure: req.session.cookie.secure });
});
routes.get('/write', (req, res) => {
  req.session.count = (req.session.count || 0) + 1;
  res.cookie('last', 'write').json({ count: req.session.count });
});
routes.get('/one', (req, res) => res.json({ count: (req.session.count = (req.session.count || 0) + 1) }));
app.use(['/rolling', '/quiet', '/secure', '/auto', '/every'], routes);
app.get('/paths/:part/one', (req, res) => res.json({ part: req.params.part, hasSession: req.session !== undefined }));
app.listen(process.env.PORT);
