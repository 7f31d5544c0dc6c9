/*
shape: next('route')
variant: in lists of middleware, from an async function, last of its route, beside next('router')
requests:
  [GET /a/1, 'GET /a/1?role=admin', 'GET /a/1?role=guest', 'GET /async?skip=1', GET /async, GET /last, 'GET /r/x?leave=1', GET /r/x,
  'GET /r/y?leave=1', GET /r/y, 'GET /r/z?part=1', GET /r/z]
*/
const express = require('express');

const app = express();
const onlyAdmins = (req, res, next) => {
  if (req.query.role !== 'admin') return next('route');
  next();
};
const log = (req, res, next) => {
  res.set('X-Log', 'seen ' + req.path);
  next();
};
app.get('/a/:id', log, onlyAdmins, (req, res) => {
  res.send('admin ' + req.params.id);
});
app.get('/a/:id', (req, res) => {
  res.send('anyone ' + req.params.id + ' ' + (req.query.role || 'none'));
});
app.get(
  '/async',
  async (req, res, next) => {
    await Promise.resolve();
    if (req.query.skip) {
      next('route');
      return;
    }
    next();
  },
  (req, res) => {
    res.send('not skipped');
  },
);
app.get('/last', (req, res, next) => {
  next('route');
});
const router = express.Router();
router.use((req, res, next) => {
  if (req.query.leave) {
    next('router');
  } else next();
});
router.get('/x', (req, res) => {
  res.send('x of the router');
});
router.get(
  '/z',
  (req, res, next) => {
    if (req.query.part) return next('route');
    return next();
  },
  (req, res) => {
    res.send('z, all of it');
  },
);
router.get('/z', (req, res) => {
  res.send('z, the other');
});
router.use((req, res) => {
  res.status(404).send('none in the router');
});
app.use('/r', router);
app.use((req, res) => {
  res.status(404).send('none in the application');
});
app.listen(process.env.PORT);
