/*
member: req.url
variant: in routers that are mounted at the root, where a mount takes nothing off it
requests: [GET /one?a=1, GET /two/x?b=2, GET /guarded, GET /guarded?key=1, GET //one, GET /none?c=3, HEAD /one]
*/
const express = require('express');

const app = express();
const router = express.Router();
const inner = express.Router();
const told = (req) => ({ url: req.url, path: req.path, base: req.baseUrl, original: req.originalUrl });
router.use((req, res, next) => {
  res.set('X-Seen', req.url);
  next();
});
router.get('/one', (req, res) => {
  res.json({ url: req.url, path: req.path });
});
inner.get('/two/:id', (req, res) => {
  res.json(told(req));
});
inner.use((req, res, next) => {
  if (req.path === '/guarded' && req.url.indexOf('key') < 0) return res.status(401).send('no key');
  next();
});
inner.get('/guarded', (req, res) => {
  res.send('in');
});
router.use('/', inner);
app.use('/', router);
app.listen(process.env.PORT);
