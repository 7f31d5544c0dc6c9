/*
package: connect-ensure-login
packages: [connect-ensure-login, passport, passport-local, express-session]
cookies: true
mask: ['connect\.sid=[^;]+']
requests:
  - GET /account
  - { GET: /account, headers: { Accept: text/html } }
  - GET /private?tab=1
  - { POST: /login, json: { username: ada, password: no } }
  - { POST: /login, json: { username: ada, password: pw } }
  - GET /account
  - GET /login
*/
const express = require('express');

const app = express();
const session = require('express-session');
const passport = require('passport');
const { Strategy } = require('passport-local');
const { ensureLoggedIn, ensureLoggedOut } = require('connect-ensure-login');
const guard = ensureLoggedIn('/signin');
passport.use(new Strategy((username, password, done) => done(null, password === 'pw' ? { username } : false)));
passport.serializeUser((user, done) => done(null, user.username));
passport.deserializeUser((username, done) => done(null, { username }));
app.use(express.json());
app.use(session({ secret: 's', resave: false, saveUninitialized: false }));
app.use(passport.session());
app.post(
  '/login',
  passport.authenticate('local', { failureRedirect: '/login?failed=1', successReturnToOrRedirect: '/' }),
);
app.get('/login', ensureLoggedOut('/account'), (req, res) => res.send('log in'));
app.get('/account', ensureLoggedIn(), (req, res) => res.json({ user: req.user.username }));
app.get('/private', guard, (req, res) => res.send('private'));
app.listen(process.env.PORT);
