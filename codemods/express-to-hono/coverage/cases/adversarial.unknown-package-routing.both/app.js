/*
adversarial: a package nobody compared
variant: it changes the URL and the method
requests:
  - GET /old/1?a=1
  - GET /new/2?a=1
  - POST /new/3?method=DELETE
  - GET /api/old/4
  - GET /api/new/5
*/
const express = require('express');
const rewrites = require('rewrites-requests');

const app = express();
const api = express.Router();
app.use(rewrites());
app.get('/old/:id', (req, res) => {
  res.json(['old', req.params.id]);
});
app.get('/new/:id', (req, res) => {
  res.json(['new', req.params.id, req.url, req.originalUrl, req.path]);
});
app.delete('/new/:id', (req, res) => {
  res.json(['gone', req.params.id, req.method]);
});
api.use(rewrites());
api.get('/new/:id', (req, res) => {
  res.json(['api', req.params.id, req.url, req.baseUrl]);
});
app.use('/api', api);
app.listen(process.env.PORT);
