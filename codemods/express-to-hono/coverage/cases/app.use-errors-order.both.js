/*
member: app.use
variant: error handlers before routes, at a path, under a condition, on a router
requests:
  [GET /early, GET /late, GET /api/known, GET /api/other, GET /router/a, GET /router/b, GET /router/c, GET /none, GET /text,
  'GET /param/%zz']
*/
const express = require('express');

const app = express();
app.get('/early', () => {
  throw new Error('early');
});
app.use((err, req, res, next) => {
  if (err.message === 'early') return res.status(500).send('first: ' + err.message);
  next(err);
});
app.get('/late', (req, res, next) => {
  next(new Error('late'));
});
app.get('/param/:id', (req, res) => {
  res.send(req.params.id);
});
app.get('/text', () => {
  throw 'a text';
});
app.get('/api/:what', (req, res, next) => {
  next(Object.assign(new Error(req.params.what), { status: 418 }));
});
const router = express.Router();
router.get('/:what', (req, res, next) => {
  next(new Error('router ' + req.params.what));
});
router.use((err, req, res, next) => {
  if (err.message === 'router a') return res.status(409).json({ by: 'router' });
  if (err.message === 'router b') return next(new Error('b by the router'));
  return next(err);
});
app.use('/router', router);
app.use('/api', (err, req, res, next) => {
  if (err.message === 'known') res.status(404).send('api');
  else next(err);
});
if (process.env.NO_SUCH_VARIABLE) {
  app.use((err, req, res, next) => {
    res.status(500).send('never here');
  });
}
const logErrors = (err, req, res, next) => {
  res.set('X-Logged', err.message || String(err));
  next(err);
};
const answerErrors = (err, req, res, next) => {
  if (err.message === 'router c') return next(err);
  res.status(err.status || 500).send('last: ' + (err.message || err));
};
app.use(logErrors, answerErrors);
app.use((req, res) => {
  res.status(404).send('nothing at ' + req.path);
});
app.listen(process.env.PORT);
