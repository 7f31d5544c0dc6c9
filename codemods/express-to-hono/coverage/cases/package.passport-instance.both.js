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
*/
const express = require('express');
const session = require('express-session');
const { Passport } = require('passport');
const { Strategy } = require('passport-local');

const passport = new Passport();
passport.use(new Strategy((username, password, done) => done(null, password === 'pw' ? { username } : false)));
passport.serializeUser((user, done) => done(null, user.username));
passport.deserializeUser((username, done) => done(null, { username }));

const app = express();
app.use(express.json());
app.use(session({ secret: 's', resave: false, saveUninitialized: false }));
app.use(passport.initialize());
app.use(passport.session());
app.post('/login', passport.authenticate('local'), (req, res) => res.json({ user: req.user.username }));
app.get('/me', (req, res) => {
  if (!req.isAuthenticated()) return res.sendStatus(401);
  res.json({ user: req.user.username });
});
app.listen(process.env.PORT);
