/*
package: passport
variant: its outcome handed to a function of the handler
packages: [passport, passport-local, express-session]
cookies: true
mask: ['connect\.sid=[^;]+']
requests:
  - GET /me
  - { POST: /login, json: { password: no } }
  - { POST: /login, json: { username: ada, password: no } }
  - { POST: /login, json: { username: broken, password: no } }
  - GET /me
  - { POST: /login, json: { username: ada, password: pw } }
  - GET /me
  - { POST: /strict, json: { username: ada, password: pw } }
  - { POST: /strict, json: { username: ada, password: no } }
  - { POST: /strict?page=1, json: { username: ada, password: no } }
  - { POST: /strict?open=1, json: { username: ada, password: no } }
  - { POST: /strict, json: { username: broken, password: no } }
  - { POST: /loose, json: { username: eve, password: no } }
  - { POST: /loose, json: { username: eve, password: pw } }
  - { POST: /loose, json: {} }
  - { POST: /unknown, json: { username: eve, password: pw } }
*/
const express = require('express');
const session = require('express-session');
const passport = require('passport');
const { Strategy: LocalStrategy } = require('passport-local');

passport.use(
  new LocalStrategy((username, password, done) => {
    if (username === 'broken') return done(new Error('no database'));
    if (password !== 'pw') return done(null, false, { message: `no ${username}` });
    done(null, { username, admin: username === 'ada' }, { at: 1 });
  }),
);
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

const app = express();
app.use(express.json());
app.use(session({ secret: 'cat', resave: false, saveUninitialized: false }));
app.use(passport.initialize());
app.use(passport.session());
app.use((req, res, next) => {
  res.locals.page = 'any';
  next();
});

function authenticate(type, message, isStrict) {
  return function auth(req, res, next) {
    if (req.query.open) return next();
    passport.authenticate(type, (err, user, info) => {
      if (err) return next(err);
      if (req.query.page && !user) {
        res.redirect('/me');
        return;
      }
      if (!user && isStrict) {
        res.setHeader('X-Info', info.message);
        res.status(401).json({ error: message, info });
        return;
      }
      if (user && user.username === 'bob') throw Object.assign(new Error('bob is banned'), { status: 403 });
      if (user) {
        res.locals.isAdmin = user.admin;
        req.account = { ...user, kept: true };
      }
      return next();
    })(req, res, next);
  };
}

app.get('/me', (req, res) => {
  res.json({ user: req.user ?? null });
});
app.post('/login', (req, res, next) => {
  if (!req.body.username) return res.status(400).send('who?');
  passport.authenticate('local', async (err, user, info) => {
    if (err) return next(err);
    if (!user) return res.status(401).send(info.message);
    req.logIn(user, (err) => {
      if (err) return next(err);
      res.redirect('/me');
    });
  })(req, res, next);
});
const strict = authenticate('local', 'Log in.', true);
const loose = authenticate('local', 'Log in.', false);
app.post('/strict', strict, (req, res) => {
  res.json({ account: req.account ?? null, isAdmin: res.locals.isAdmin ?? null, page: res.locals.page });
});
app.post('/loose', loose, (req, res) => {
  res.json({ account: req.account ?? null, isAdmin: res.locals.isAdmin ?? null });
});
app.post('/unknown', (req, res, next) => passport.authenticate('none', (err, user) => res.json({ user }))(req, res, next));
app.use((err, req, res, next) => {
  res.status(err.status ?? 500).json({ failed: err.message });
});
app.listen(process.env.PORT);
