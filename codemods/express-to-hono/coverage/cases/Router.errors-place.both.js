/*
member: Router.use
variant: error handlers of routers read the request
requests: [GET /a/1, GET /a/b/2, GET /a/pre/x?q=1, GET /a/pass, GET /a/b/pass, GET /c/1]
*/
const express = require('express');

const app = express();
const inner = express.Router();
inner.get('/:id', (req) => {
  throw new Error(req.params.id);
});
inner.use((err, req, res, next) => {
  if (err.message === 'pass') return next(err);
  res.status(500).json({ at: 'inner', path: req.path, url: req.url, base: req.baseUrl, id: String(req.params.id) });
});
const outer = express.Router();
outer.use('/b', inner);
outer.use('/pre', () => {
  throw new Error('in a prefix');
});
outer.get('/:id', (req) => {
  throw new Error(req.params.id);
});
outer.use((err, req, res, next) => {
  if (err.message === 'pass' && req.path === '/pass') return next(err);
  res.status(500).json({ at: 'outer', path: req.path, url: req.url, base: req.baseUrl, id: String(req.params.id) });
});
app.use('/a', outer);
app.get('/c/:id', (req) => {
  throw new Error(req.params.id);
});
app.use((err, req, res, next) => {
  res.status(500).json({ at: 'app', path: req.path, url: req.url, base: req.baseUrl, id: String(req.params.id) });
});
app.listen(process.env.PORT);
