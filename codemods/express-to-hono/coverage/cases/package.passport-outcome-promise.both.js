/*
package: passport
variant: its outcome settles a promise, by a function that another one makes
packages: [passport, passport-local, express-session]
cookies: true
mask: ['connect\.sid=[^;]+']
requests:
  - { POST: /me, json: {} }
  - { POST: /me, json: { username: ada, password: no } }
  - { POST: /me, json: { username: ada, password: pw } }
  - { POST: /users/bob, json: { username: ada, password: pw } }
  - { POST: /users/bob, json: { username: bob, password: pw } }
  - { POST: /users/ada, json: { username: bob, password: pw } }
  - { POST: /me, json: { username: broken, password: pw } }
  - { POST: /late, json: { username: ada, password: pw } }
  - { POST: /unknown, json: { username: ada, password: pw } }
*/
const express = require('express');
const session = require('express-session');
const passport = require('passport');
const { Strategy: LocalStrategy } = require('passport-local');

const rights = new Map([
  ['admin', ['manage']],
  ['user', []],
]);
passport.use(
  'promised',
  new LocalStrategy((username, password, done) => {
    if (username === 'broken') return done(new Error('no database'));
    if (password !== 'pw') return done(null, false, { message: `no ${username}` });
    done(null, { id: username, role: username === 'ada' ? 'admin' : 'user' });
  }),
);
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

const failed = (status, message) => Object.assign(new Error(message), { status });

const verifyCallback = (req, resolve, reject, required) => async (err, user, info) => {
  if (err || info || !user) return reject(failed(401, 'Please authenticate'));
  req.user = user;
  if (required.length > 0) {
    const own = rights.get(user.role);
    const isAllowed = required.every((right) => own.includes(right));
    if (!isAllowed && req.params.id !== user.id) return reject(failed(403, 'Forbidden'));
  }
  resolve();
};

const auth =
  (...required) =>
  async (req, res, next) => {
    return new Promise((resolve, reject) => {
      passport.authenticate('promised', { session: false }, verifyCallback(req, resolve, reject, required))(
        req,
        res,
        next,
      );
    })
      .then(() => next())
      .catch((err) => next(err));
  };
const strategy = (name) => (req, res, next) =>
  new Promise((resolve, reject) => {
    passport.authenticate(name, verifyCallback(req, resolve, reject, []))(req, res, next);
  })
    .then(() => next())
    .catch(next);

const app = express();
app.use(express.json());
app.use(session({ secret: 'cat', resave: false, saveUninitialized: false }));
app.use(passport.initialize());
app.post('/me', auth(), (req, res) => {
  res.json({ user: req.user });
});
app.post('/users/:id', auth('manage'), (req, res) => {
  res.json({ id: req.params.id, by: req.user.id });
});
app.post('/late', auth(), (req, res, next) => next(failed(410, 'gone')));
app.post('/unknown', strategy('none'), (req, res) => res.json({ user: req.user }));
app.use((err, req, res, next) => {
  res.status(err.status ?? 500).json({ code: err.status ?? 500, message: err.message });
});
app.listen(process.env.PORT);
