/*
member: req.route
variant: in routers, after the answer, in an error handler
requests: [GET /user/1, GET /api/things/7, GET /api, GET /fails, GET /none, POST /user/2]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.set('X-Before', req.route ? req.route.path : 'no route');
  next();
});
app.all('/user/:id', (req, res, next) => {
  res.set('X-All', req.route.path);
  next();
});
app.get('/user/:id', (req, res) => {
  res.send(req.route.path);
});
const api = express.Router();
api.get('/', (req, res) => {
  res.send(req.baseUrl + ' ' + req.route.path);
});
api.get('/things/:id', (req, res) => {
  res.send(req.baseUrl + ' ' + req.route?.path);
});
app.use('/api', api);
app.get('/fails', () => {
  throw new Error('failed');
});
app.use((req, res) => {
  res.status(404).send(String(req.route && req.route.path));
});
app.use((err, req, res, next) => {
  res.status(500).send(err.message + ' at ' + req.route.path);
});
app.listen(process.env.PORT);
