const { Router } = require('express');

module.exports = ({ store }) => {
  const router = Router();
  router.get('/', (req, res) => {
    res.json([...store.keys()]);
  });
  router.get('/:id', (req, res, next) => {
    if (!store.has(req.params.id)) return next();
    res.send(store.get(req.params.id));
  });
  return router;
};
