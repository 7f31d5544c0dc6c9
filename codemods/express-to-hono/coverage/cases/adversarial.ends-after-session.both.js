/*
shape: 'an error handler that ends the response by `res.end`, behind a session that is saved first'
packages: [express-session, passport, passport-local]
cookies: true
requests:
  - GET /fails
  - GET /fails
  - GET /ends
  - POST /login?username=broken&password=x
  - POST /login?username=ann&password=y
  - HEAD /fails
*/
const express = require('express');
const session = require('express-session');
const passport = require('passport');
const { Strategy } = require('passport-local');

const app = express();
let ids = 0;
passport.use(
  new Strategy((username, password, done) => {
    if (username === 'broken') return done(new Error('store'));
    done(null, { id: 7, name: username });
  }),
);
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));
app.use(
  session({ secret: 'quiet', resave: false, saveUninitialized: true, genid: () => `id${(ids += 1)}` }),
);
app.use(passport.authenticate('session'));
app.get('/fails', (req, res, next) => {
  next(new Error('fails'));
});
app.get('/ends', (req, res) => {
  res.end('ends');
});
app.post('/login', passport.authenticate('local', { successRedirect: '/me', failureRedirect: '/login' }));
app.use((err, req, res, next) => {
  res.statusCode = 500;
  res.end(String(err.status));
});
app.listen(process.env.PORT);
