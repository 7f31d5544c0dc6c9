/*
shape: req.<standard> reassigned
variant: the URL and the method, in a router, with parameters
requests:
  [GET /v1/users/7, GET /api/old/3, GET /api/old/3/, 'POST /as-put/9?x=1', GET /alias, GET /nowhere, HEAD /v1/users/7, OPTIONS /v1/users/7]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.set('X-First', req.url);
  next();
});
app.use('/v1', (req, res, next) => {
  req.url = req.url.replace('/users', '/people');
  next();
});
app.get('/v1/users/:id', (req, res) => {
  res.send('never');
});
app.get('/v1/people/:person', (req, res) => {
  res.json({ person: req.params.person, url: req.url, path: req.path, original: req.originalUrl });
});
const api = express.Router();
api.use((req, res, next) => {
  if (req.path.startsWith('/old')) req.url = '/new' + req.url.slice('/old'.length);
  next();
});
api.get('/new/:id', (req, res) => {
  res.json({ id: req.params.id, url: req.url, baseUrl: req.baseUrl, original: req.originalUrl });
});
app.use('/api', api);
app.post('/as-put/:id', (req, res, next) => {
  req.method = 'PUT';
  next();
});
app.put('/as-put/:id', (req, res) => {
  res.send(req.method + ' ' + req.params.id);
});
app.get('/alias', (req, res, next) => {
  req.url = '/target';
  next();
});
app.get('/target', (req, res) => {
  res.send('target for ' + req.originalUrl);
});
app.listen(process.env.PORT);
