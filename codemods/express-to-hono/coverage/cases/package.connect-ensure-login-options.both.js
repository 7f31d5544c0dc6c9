/*
package: connect-ensure-login
packages: [connect-ensure-login, passport, passport-local, express-session]
cookies: true
mask: ['connect\.sid=[^;]+']
requests:
  - GET /before
  - GET /members/list?page=2
  - { POST: /members/list, json: { name: no one } }
  - HEAD /members/list
  - GET /members/unknown
  - GET /plain
  - { POST: /login, json: { username: ada, password: pw } }
  - GET /before
  - GET /members/list
  - { POST: /members/list, json: { name: ada } }
  - GET /plain
  - GET /guests
  - GET /out
  - GET /members/list
  - GET /guests
  - { POST: /login, json: { username: ada, password: pw } }
  - { POST: /login, json: { username: bob, password: pw } }
*/
const express = require('express');
const session = require('express-session');
const passport = require('passport');
const { Strategy } = require('passport-local');
const login = require('connect-ensure-login');

var guard = login.ensureAuthenticated({ redirectTo: '/signin' });
passport.use(new Strategy((username, password, done) => done(null, password === 'pw' ? { username } : false)));
passport.serializeUser((user, done) => done(null, user.username));
passport.deserializeUser((username, done) => done(null, { username }));

const app = express();
let served = 0;
app.get('/before', login.ensureLoggedIn(), (req, res) => res.send('nobody comes here'));
app.use(express.json());
app.use(session({ secret: 's', resave: false, saveUninitialized: false }));
app.use(passport.session());

const members = express.Router();
members.use(guard);
members.get('/list', (req, res) => res.json({ user: req.user.username, served: ++served }));
members.post('/list', (req, res) => res.status(201).json({ added: req.body.name, served: ++served }));

app.post('/login', passport.authenticate('local', { successReturnToOrRedirect: '/home' }));
app.get('/out', (req, res, next) => {
  req.logout((err) => {
    if (err) return next(err);
    res.redirect('/guests');
  });
});
app.get('/plain', login.ensureLoggedIn({ redirectTo: '/plain-login', setReturnTo: false }), (req, res) => {
  res.send('plain');
});
app.get('/guests', login.ensureNotLoggedIn({ redirectTo: '/home' }), (req, res) => res.send('guests'));
app.use('/members', members);
app.listen(process.env.PORT);
