/*
adversarial: a promise is rejected with nothing
requests:
  - GET /undefined
  - GET /null
  - GET /returned
  - GET /zero
  - GET /text
  - GET /false
  - GET /lookup
  - GET /lookup?id=1
  - GET /timer
  - GET /middleware
  - GET /param/1
  - GET /below
  - GET /caught
  - GET /chained
  - GET /handled
*/
const express = require('express');

const app = express();
const load = (id) => new Promise((resolve, reject) => (id ? resolve(id) : reject()));

app.get('/undefined', async () => {
  throw undefined;
});
app.get('/null', async () => {
  throw null;
});
app.get('/returned', () => Promise.reject(null));
app.get('/zero', async () => {
  throw 0;
});
app.get('/text', async () => {
  throw '';
});
app.get('/false', () => Promise.reject(false));
app.get('/lookup', async (req, res) => {
  await load(req.query.id);
  res.json({ id: req.query.id });
});
app.get('/timer', async (req, res) => {
  await new Promise((resolve, reject) => setTimeout(reject, 10));
  res.json('never');
});
app.use('/middleware', async (req, res, next) => {
  if (req.path === '/') await load();
  next();
});
app.param('which', async (req, res, next, which) => {
  await load(which === '1' ? '' : which);
  next();
});
app.get('/param/:which', (req, res) => {
  res.json(req.params.which);
});
const below = express.Router();
below.use(async () => load());
app.use('/below', below);
app.get('/caught', async (req, res, next) => {
  try {
    res.json(await load());
  } catch (err) {
    next(err);
  }
});
app.get('/chained', (req, res, next) => {
  load().then((id) => res.json(id)).catch(next);
});
app.get('/handled', (req, res, next) => {
  next(new Error('an error'));
});
app.use((err, req, res, next) => {
  if (req.path === '/handled') return load();
  res.status(500).json({ caught: err.message });
});
app.use((err, req, res, next) => {
  res.status(503).json({ last: err.message });
});
app.listen(process.env.PORT);
