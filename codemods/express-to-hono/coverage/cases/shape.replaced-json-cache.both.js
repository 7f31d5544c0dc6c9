/*
shape: res.json replaced
variant: a cache of a route
requests:
  - GET /notes?page=1
  - GET /notes?page=1
  - GET /notes?page=2
  - GET /missing
  - GET /missing
  - GET /plain
  - GET /plain
  - GET /other
  - GET /other
*/
const express = require('express');

const app = express();
const kept = new Map();
const store = {
  get: async (key) => kept.get(key),
  set: async (key, value) => {
    kept.set(key, value);
  },
};
let count = 0;

const cached = (seconds = 60) => {
  return async (req, res, next) => {
    if (req.method !== 'GET') {
      return next();
    }
    const key = `cache:${req.originalUrl}`;
    try {
      const found = await store.get(key);
      if (found) {
        res.set('X-Cache', 'HIT');
        return res.json(JSON.parse(found));
      }
      const originalJson = res.json;
      res.json = function (data) {
        if (res.statusCode >= 200 && this.statusCode < 300) {
          store.set(key, JSON.stringify(data), seconds).catch((error) => {
            console.error('not kept', error);
          });
        }
        return originalJson.call(this, data);
      };
      next();
    } catch (error) {
      console.error('no cache', error);
      next();
    }
  };
};

app.get('/notes', cached(5), (req, res) => {
  count += 1;
  res.json({ page: req.query.page, count });
});
app.get('/missing', cached(), (req, res) => {
  count += 1;
  res.status(404).json({ count });
});
app.get('/plain', cached(), (req, res) => {
  count += 1;
  res.send(`plain ${count}`);
});
const router = express.Router();
router.use(cached(1));
router.get('/other', (req, res) => {
  count += 1;
  res.json({ count });
});
app.use(router);
app.listen(process.env.PORT);
