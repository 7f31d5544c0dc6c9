/*
package: express-session
variant: a store of the application's own, which answers later and fails
packages: [express-session]
cookies: true
mask: ['connect\.sid=[^;]+', 'Expires=[^;]+', '"id":"[^"]+"', '(?<=^etag: ).*']
requests: [GET /calls, GET /seen, GET /calls, GET /nothing, GET /calls, GET /regenerate, GET /seen, GET /save, GET /reload, GET /touch, GET /calls, GET /unset, GET /calls, GET /seen, GET /destroy, GET /calls, GET /seen, HEAD /seen, POST /seen, GET /thrown, GET /late, GET /missing, GET /calls, GET /fail?at=set, GET /seen, GET /fail?at=touch, GET /nothing, GET /fail?at=get, GET /seen, GET /seen, GET /fail?at=destroy, GET /destroy, GET /own-id, GET /away, GET /seen, GET /back, GET /seen, GET /calls]
*/
const express = require('express');
const session = require('express-session');

const calls = [];
const failing = new Set();
class Rows extends session.Store {
  rows = new Map();
  answer(name, done, value) {
    calls.push(name);
    setTimeout(() => (failing.delete(name) ? done(new Error(`no ${name}`)) : done(null, value)), 2);
  }
  get(id, done) {
    const row = this.rows.get(id);
    this.answer('get', done, row && JSON.parse(row));
  }
  set(id, value, done) {
    this.rows.set(id, JSON.stringify(value));
    this.answer('set', done);
  }
  touch(id, value, done) {
    this.answer('touch', done);
  }
  destroy(id, done) {
    this.rows.delete(id);
    this.answer('destroy', done);
  }
}

const app = express();
const store = new Rows();
app.get('/fail', (req, res) => {
  failing.add(req.query.at);
  res.sendStatus(204);
});
app.get('/away', (req, res) => {
  store.emit('disconnect');
  res.sendStatus(204);
});
app.get('/back', (req, res) => {
  store.emit('connect');
  res.sendStatus(204);
});
app.get('/calls', (req, res) => res.json(calls.splice(0)));
app.use(
  session({ secret: ['new', 'old'], store, resave: false, saveUninitialized: false, unset: 'destroy', cookie: { maxAge: 60000 } }),
);
app.all('/seen', (req, res) => {
  if (!req.session) return res.json({ session: 'none' });
  req.session.seen = (req.session.seen || 0) + 1;
  res.json({ seen: req.session.seen });
});
app.get('/nothing', (req, res) => res.send('nothing'));
app.get('/regenerate', (req, res, next) => {
  const { seen } = req.session;
  req.session.regenerate((error) => {
    if (error) return next(error);
    req.session.before = seen;
    res.json({ isNew: req.session.seen === undefined, before: req.session.before });
  });
});
app.get('/save', (req, res, next) => {
  req.session.saved = true;
  req.session.save((error) => {
    if (error) return next(error);
    calls.push('answered');
    res.json({ id: req.sessionID, isSame: req.session.id === req.sessionID });
  });
});
app.get('/reload', (req, res, next) => {
  req.session.saved = 'changed';
  req.session.reload((error) => (error ? next(error) : res.json({ saved: req.session.saved })));
});
app.get('/touch', (req, res) => {
  req.session.cookie.maxAge = 120000;
  req.session.touch();
  // A cookie keeps when it expires: a millisecond may have gone by since.
  res.json({ seconds: Math.round(req.session.cookie.originalMaxAge / 1000) });
});
app.get('/unset', (req, res) => {
  req.session = null;
  res.json({ session: req.session });
});
app.get('/destroy', (req, res, next) => {
  req.session.destroy((error) => (error ? next(error) : res.redirect('/seen')));
});
app.get('/own-id', (req, res) => {
  req.session.own = typeof req.sessionStore.generate;
  res.json({ own: req.session.own, isStore: req.sessionStore === store });
});
app.get('/thrown', (req) => {
  req.session.thrown = true;
  throw new Error('thrown');
});
app.get('/late', async (req, res) => {
  await new Promise((resolve) => setTimeout(resolve, 2));
  req.session.late = true;
  res.status(201).json({ thrown: req.session.thrown });
});
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message, hasSession: req.session !== undefined });
});
app.listen(process.env.PORT);
