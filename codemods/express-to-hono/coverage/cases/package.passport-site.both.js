/*
package: passport
variant: a site with messages, redirects and a guard
packages: [passport, passport-local, express-session, connect-flash, connect-ensure-login]
cookies: true
mask: ['connect\.sid=[^;]+']
requests:
  - GET /me
  - GET /account?tab=2
  - { POST: /account, json: { name: nobody } }
  - { POST: /login, json: { username: ada } }
  - { POST: /login, json: { username: ada, password: no } }
  - GET /login
  - GET /login
  - { POST: /login, json: { username: ada, password: no } }
  - { POST: /login, json: { username: ada, password: nobody } }
  - GET /login
  - { POST: /message, json: { username: ada, password: no } }
  - GET /messages
  - { POST: /api/login, json: { username: ada, password: no } }
  - HEAD /api/me
  - { POST: /api/error, json: { username: ada, password: no } }
  - { POST: /api/login, json: { username: broken, password: pw } }
  - { POST: /login, json: { username: ada, password: pw } }
  - GET /login
  - GET /account?tab=2
  - { POST: /account, json: { name: ada } }
  - GET /me
  - GET /guests
  - { POST: '/login?username=bob&password=pw' }
  - GET /me
  - POST /logout
  - GET /me
  - GET /account
  - { POST: /signup, json: { username: eve } }
  - GET /me
  - { POST: /logout, json: { keep: true } }
  - GET /messages
  - { POST: /api/authorize, json: { username: ada, password: pw } }
  - GET /me
  - { POST: /api/unknown, json: { username: ada, password: pw } }
  - { POST: /login, json: { username: gone, password: pw } }
  - GET /me
  - GET /me
*/
const express = require('express');
const session = require('express-session');
const flash = require('connect-flash');
const passport = require('passport');
const { Strategy: LocalStrategy } = require('passport-local');
const { ensureLoggedIn, ensureLoggedOut } = require('connect-ensure-login');

passport.use(
  new LocalStrategy((username, password, done) => {
    if (username === 'broken') return done(new Error('no database'));
    setTimeout(() => {
      if (password !== 'pw') return done(null, false, { message: `${username} is not known` });
      done(null, { username }, { message: `hello ${username}` });
    }, 2);
  }),
);
passport.serializeUser((user, done) => process.nextTick(() => done(null, user.username)));
passport.deserializeUser((username, done) => {
  setTimeout(() => done(null, username === 'gone' ? false : { username }), 1);
});
const ensureIn = ensureLoggedIn();

const app = express();
app.use(express.json());
app.use(session({ secret: 's', resave: false, saveUninitialized: false }));
app.use(flash());
app.use(passport.authenticate('session'));
let added = 0;
app.get('/me', (req, res) => {
  res.json({ user: req.user, isIn: req.isAuthenticated(), isOut: req.isUnauthenticated(), added });
});
app.get('/login', (req, res) => res.json({ errors: req.flash('error'), all: req.flash(), again: req.flash('error') }));
app.post(
  '/login',
  passport.authenticate('local', {
    successReturnToOrRedirect: '/me',
    failureRedirect: '/login?failed=1',
    failureFlash: true,
    successFlash: 'Welcome!',
  }),
);
app.post(
  '/message',
  passport.authenticate('local', { failureRedirect: '/messages', failureMessage: true, successMessage: true }),
  (req, res) => res.json({ user: req.user.username }),
);
app.get('/messages', (req, res) => res.json({ messages: req.session.messages, info: req.session.info }));
app.get('/account', ensureIn, (req, res) => res.json({ user: req.user.username, tab: req.query.tab }));
app.post('/account', ensureIn, (req, res) => {
  added += 1;
  res.status(201).json({ added: req.body.name });
});
app.get('/guests', ensureLoggedOut('/me'), (req, res) => res.send('guests'));
app.post('/logout', (req, res, next) => {
  req.session.info = 'kept';
  req.logout({ keepSessionInfo: req.body?.keep === true }, (error) => {
    if (error) return next(error);
    res.redirect('/me');
  });
});
app.post('/signup', (req, res, next) => {
  req.login({ username: req.body.username }, (error) => {
    if (error) return next(error);
    res.status(201).json({ user: req.user.username });
  });
});
const api = express.Router();
api.post('/login', passport.authenticate('local', { session: false }), (req, res) => {
  res.json({ user: req.user.username, info: req.authInfo });
});
api.get('/me', passport.authenticate('local', { session: false }), (req, res) => res.json({ added: ++added }));
api.post('/error', passport.authenticate('local', { failWithError: true }), (req, res) => res.json({ added: ++added }));
api.post('/authorize', passport.authorize('local', { session: false }), (req, res) => {
  res.json({ account: req.account, user: req.user });
});
api.post('/unknown', passport.authenticate('nowhere'), (req, res) => res.json({ added: ++added }));
app.use('/api', api);
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ error: err.message, name: err.name });
});
app.listen(process.env.PORT);
