/*
package: passport
variant: an instance of its own
packages: [passport, passport-local, express-session]
cookies: true
mask: ['connect\.sid=[^;]+']
requests:
  - GET /me
  - { POST: /login, json: { username: ada, password: no } }
  - { POST: /login, json: { username: ada, password: pw } }
  - GET /me
  - { POST: /api/login, json: { username: ada, password: no } }
  - { POST: /api/login, json: { username: ada, password: pw } }
*/
const express = require('express');
const session = require('express-session');
const passports = require('passport');
const { Strategy } = require('passport-local');

const passport = new passports.Passport();
const api = new passports.Authenticator();

passport.use(new Strategy((username, password, done) => done(null, password === 'pw' ? { username } : false)));
passport.serializeUser((user, done) => done(null, user.username));
passport.deserializeUser((username, done) => done(null, { username }));

api.use(new Strategy((username, password, done) => done(null, password === 'pw' ? { username } : false)));

const app = express();
app.use(express.json());
app.use(session({ secret: 's', resave: false, saveUninitialized: false }));
app.use(passport.initialize());
app.use(passport.session());
app.post('/login', passport.authenticate('local', { failureRedirect: '/me?failed=1' }), (req, res) => res.json({ user: req.user.username }));
app.post(
  '/api/login',
  api.authenticate('local', { session: false, failureRedirect: '/me?failed=2' }),
  (req, res) => res.json({ user: req.user.username }),
);
app.get('/me', (req, res) => {
  if (!req.isAuthenticated()) return res.sendStatus(401);
  res.json({ user: req.user.username });
});
app.listen(process.env.PORT);
