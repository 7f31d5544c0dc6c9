/*
shape: path with a wildcard
variant: alone in routers
requests: [GET /, GET /a/b%20c/, GET /api, GET /api/, GET /api/x/y, GET /apix, GET /api/sub/z, GET /files/q, GET /route/r]
*/
const express = require('express');

const app = express();
const files = express.Router();
files.get('/*', (req, res) => {
  res.json(req.params);
});
app.use('/files', files);
const route = express.Router();
route.get('*', (req, res) => {
  res.json({ path: req.route.path, rest: req.params[0] });
});
app.use('/route', route);
const inner = express.Router();
inner.all('*', (req, res) => {
  res.json({ inner: req.params[0] });
});
const api = express.Router();
api.use('/sub', inner);
api.get('*', (req, res) => {
  res.json([req.params, req.path]);
});
app.use('/api', api);
app.get('*', (req, res) => {
  res.json(req.params);
});
app.listen(process.env.PORT);
