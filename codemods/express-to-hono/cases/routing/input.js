const express = require('express');

const app = express();

const router = express.Router();
const guard = (req, res, next) => next();

router.param('id', (req, res, next, id) => {
  req.item = id;
  next();
});
router
  .route('/:id')
  // reading
  .get((req, res) => res.json({ item: req.item }))
  .put([guard, guard], (req, res) => res.sendStatus(202));

app.use('/items', guard, router);
app.get(['/one', '/two'], (req, res) => res.json({ path: req.path }));
app.all('/old/*', (req, res) => res.redirect(301, `/items/${req.params[0]}`));

module.exports = app;
