/*
shape: .catch(next)
variant: next as a callback, in a middleware and at the end of a chain
requests: [GET /ok, GET /fails, GET /later, GET /then, GET /then?fail=1, GET /wait, GET /once, GET /both, GET /both?fail=1, GET /text, GET /object]
*/
const express = require('express');

const app = express();
const check = (path, done) => {
  if (path === '/fails') return done(Object.assign(new Error('x'), { status: 418 }));
  if (path === '/later') return setImmediate(done, null, 'value');
  done();
};
const load = async (fail) => {
  if (fail) throw Object.assign(new Error('x'), { status: 503 });
  return { loaded: true };
};
app.use((req, res, next) => {
  check(req.path, next);
});
app.use('/once', (req, res, next) => {
  setImmediate(next);
});
app.use('/wait', (req, res, next) => setTimeout(next, 10));
app.use('/both', (req, res, next) => {
  load(req.query.fail).then(() => next(), next);
});
app.get('/then', (req, res, next) => {
  load(req.query.fail).then((value) => {
    res.set('X-Loaded', '1');
    res.json(value);
  }, next);
});
app.get('/text', (req, res, next) => next('plain text'));
app.get('/object', (req, res, next) => {
  next({ status: 422, stack: 'of mine' });
});
app.use((req, res) => {
  res.send('passed ' + req.path);
});
app.listen(process.env.PORT);
