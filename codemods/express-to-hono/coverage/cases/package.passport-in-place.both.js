/*
package: passport
variant: called by handlers with their request, beside sessions
packages: [passport, passport-local, express-session]
cookies: true
mask: ['connect\.sid=[^;]+']
requests:
  - GET /me
  - { POST: /login, json: { username: ada, password: no } }
  - GET /me
  - { POST: /login, json: { username: ada, password: pw } }
  - GET /me
  - { POST: /api, json: { username: ada, password: no } }
  - { POST: /api?free=1, json: { username: ada, password: no } }
*/
const express = require('express');
const session = require('express-session');
const passport = require('passport');
const { Strategy: LocalStrategy } = require('passport-local');

passport.use(
  new LocalStrategy((username, password, done) => {
    done(null, password === 'pw' ? { username } : false);
  }),
);
passport.serializeUser((user, done) => done(null, user.username));
passport.deserializeUser((username, done) => done(null, { username }));

const app = express();
app.use(express.json());
app.use(session({ secret: 'cat', resave: false, saveUninitialized: false }));
app.use(passport.initialize());
app.use(passport.session());
app.get('/me', (req, res) => {
  res.json({ user: req.user ?? null });
});
app.post('/login', (req, res, next) => {
  if (!req.body.username) return res.status(400).send('who?');
  passport.authenticate('local', { failureRedirect: '/login', successRedirect: '/me' })(req, res, next);
});
app.use('/api', (req, res, next) => {
  if (req.query.free) return next();
  passport.authenticate('local', { session: false })(req, res, next);
});
app.post('/api', (req, res) => {
  res.json({ as: req.user?.username ?? null });
});
app.listen(process.env.PORT);
