/*
package: express-session
variant: the session is changed once the answer is there
packages: [express-session]
cookies: true
mask: ['connect\.sid=[^;]+']
requests: [GET /start, GET /after, GET /read, GET /timer, GET /read, GET /ended, GET /read, GET /promise, GET /read, GET /handed, GET /read, GET /finally, GET /read, GET /next, GET /read, GET /listener, GET /read]
*/
const express = require('express');
const session = require('express-session');

const app = express();
app.use(session({ secret: 'quiet', resave: false, saveUninitialized: true }));
app.get('/start', (req, res) => {
  req.session.seen = ['start'];
  res.json(req.session.seen);
});
app.get('/read', (req, res) => res.json({ seen: req.session.seen, last: req.session.last }));
app.get('/after', (req, res) => {
  req.session.seen.push('before');
  res.json({ answered: true });
  req.session.last = 'after the answer';
});
app.get('/timer', (req, res) => {
  res.json({ answered: true });
  setTimeout(() => {
    req.session.last = 'in a timer';
  }, 1);
});
app.get('/ended', (req, res) => {
  const { session: own } = req;
  res.end('answered');
  own.last = 'by another name';
});
app.get('/promise', async (req, res) => {
  res.json({ answered: true });
  await null;
  req.session.last = 'after a wait';
});
const keep = (req, what) => req.session.seen.push(what);
app.get('/handed', (req, res) => {
  res.json({ answered: true });
  keep(req, 'by a helper');
});
app.get('/finally', (req, res) => {
  try {
    return res.json({ answered: true });
  } finally {
    req.session.last = 'at last';
  }
});
app.get(
  '/next',
  (req, res, next) => {
    next();
    req.session.seen.push('after next');
  },
  (req, res) => res.json({ answered: true }),
);
app.use('/listener', (req, res, next) => {
  res.on('finish', () => {
    req.session.last = 'in a listener';
  });
  next();
});
app.get('/listener', (req, res) => res.json({ answered: true }));
app.listen(process.env.PORT);
