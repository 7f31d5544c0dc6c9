/*
adversarial: next() in several places, one of which runs
requests: [GET /, 'GET /?row=1', 'GET /?bad=1', 'GET /?all=1', 'GET /?try=1', 'GET /?list=1', 'GET /?audit=1', 'GET /?known=1', 'GET /?known=bad']
*/
const express = require('express');

const app = express();
const find = (key, done) => setTimeout(() => done(key === 'bad' ? new Error('no row') : null), 1);
const load = async (key) => {
  if (key === 'bad') throw new Error('no row');
  return key;
};
app.use(async (req, res, next) => {
  const seen = req.httpVersion;
  const goOn = () => {
    res.set('X-Seen', seen);
    next();
  };
  if (req.query.row) return find(req.query.row, (err) => {
    if (err) return next(err);
    next();
  });
  if (req.query.all) {
    load('a').then(() => next()).catch((err) => next(err));
    return;
  }
  if (req.query.try) {
    try {
      await load(req.query.bad);
      next();
    } catch (err) {
      next(err);
    }
    return;
  }
  for (const name of ['a', 'list', 'b']) if (req.query[name]) return next();
  if (req.query.audit) {
    load('bad').catch((err) => res.headersSent || next(err));
    return next();
  }
  if (req.query.known) {
    let isDone = false;
    const once = () => {
      if (isDone) return;
      isDone = true;
      next();
    };
    setTimeout(once, 2);
    return find(req.query.known, once);
  }
  switch (req.query.bad) {
    case '1':
      next(new Error('bad'));
      break;
    default:
      goOn();
  }
});
app.get('/', (req, res) => {
  res.json('found');
});
app.use((err, req, res, next) => {
  if (res.headersSent) return next(err);
  res.status(500).json(err.message);
});
app.listen(process.env.PORT);
