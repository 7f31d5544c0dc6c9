/*
shape: a site with sessions, views and a login
packages: [express-session, passport, passport-local, connect-flash, ejs, helmet, morgan, compression]
cookies: true
mask: ['connect\.sid=[^;]+']
requests:
  - GET /
  - GET /account
  - { POST: /login, body: 'username=ada&password=no', type: application/x-www-form-urlencoded }
  - GET /
  - { POST: /login, body: 'username=ada&password=pw', type: application/x-www-form-urlencoded }
  - GET /account
  - { GET: /account, headers: { Accept-Encoding: gzip } }
  - POST /logout
  - GET /account
  - GET /none
*/
const express = require('express');
const path = require('node:path');
const session = require('express-session');
const passport = require('passport');
const { Strategy } = require('passport-local');
const flash = require('connect-flash');
const helmet = require('helmet');
const morgan = require('morgan');
const compression = require('compression');

const app = express();
app.set('views', path.join(__dirname, 'views'));
app.set('view engine', 'ejs');
app.locals.site = 'Site';
app.use(helmet());
app.use(morgan('tiny', { stream: { write() {} } }));
app.use(compression({ threshold: 0 }));
app.use(express.urlencoded({ extended: false }));
app.use(session({ secret: 's', resave: false, saveUninitialized: false }));
app.use(flash());
passport.use(
  new Strategy((username, password, done) =>
    password === 'pw' ? done(null, { username }) : done(null, false, { message: 'wrong password' }),
  ),
);
passport.serializeUser((user, done) => done(null, user.username));
passport.deserializeUser((username, done) => done(null, { username }));
app.use(passport.initialize());
app.use(passport.session());

const requireUser = (req, res, next) => {
  if (!req.isAuthenticated()) return res.redirect('/');
  next();
};

app.use((req, res, next) => {
  res.locals.user = req.user;
  next();
});
app.get('/', (req, res) => {
  res.render('home', { messages: req.flash('error') });
});
app.get('/account', requireUser, (req, res) => {
  req.session.visits = (req.session.visits || 0) + 1;
  res.json({ user: req.user.username, visits: req.session.visits });
});
app.post(
  '/login',
  passport.authenticate('local', { successRedirect: '/account', failureRedirect: '/', failureFlash: true }),
);
app.post('/logout', (req, res, next) => {
  req.logout((err) => {
    if (err) return next(err);
    res.redirect('/');
  });
});
app.use((req, res) => {
  res.status(404).render('home', { messages: ['none'] });
});
app.listen(process.env.PORT);
