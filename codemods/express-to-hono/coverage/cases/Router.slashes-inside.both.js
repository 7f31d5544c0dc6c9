/*
member: Router.use
variant: slashes inside and behind mounts
requests: [GET /api, GET /api/, GET /api//, GET //api, GET /api//x, GET /api/x/, GET /api/x//, GET /api/in, GET /api/in/, GET /api/in//, GET /api//in, GET /api/in//y, GET /api/in/y, GET /api//in//y, GET /api/pre//z, GET /api//pre/z, GET /pre//z, GET //pre/z]
*/
const express = require('express');

const app = express();
const where = (req) => ({ path: req.path, url: req.url, base: req.baseUrl });
const inner = express.Router();
inner.get('/', (req, res) => {
  res.json({ at: 'inner', ...where(req) });
});
inner.get('/y', (req, res) => {
  res.json({ at: 'y', ...where(req) });
});
const api = express.Router();
api.get('/', (req, res) => {
  res.json({ at: 'api', ...where(req) });
});
api.get('/x', (req, res) => {
  res.json({ at: 'x', ...where(req) });
});
api.use('/in', inner);
api.use('/pre', (req, res) => {
  res.json({ at: 'prefix', ...where(req) });
});
app.use('/api', api);
app.use('/pre', (req, res) => {
  res.json({ at: 'app prefix', ...where(req) });
});
app.listen(process.env.PORT);
