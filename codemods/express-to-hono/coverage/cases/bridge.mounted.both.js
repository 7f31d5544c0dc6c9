/*
shape: a bridged handler in a mounted router
requests: ['GET /api/v1/items/7?q=1', GET /api/v1/items, POST /api/v1/items, GET /API/v1/items/7/, GET /api/v1/other]
*/
const express = require('express');

const app = express();
const router = express.Router({ mergeParams: true });
router.use((req, res, next) => {
  const answer = res;
  answer.set('X-Url', req.url);
  answer.set('X-Base', req.baseUrl);
  next();
});
router.get('/:id', (req, res) => {
  const answer = res;
  answer.json({ params: req.params, url: req.url, base: req.baseUrl, original: req.originalUrl, path: req.path });
});
router.get('/', (req, res) => {
  res.json({ url: req.url });
});
app.use('/api/:version/items', router);
app.listen(process.env.PORT);
