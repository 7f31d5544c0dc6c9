/*
member: app.param
variant: callbacks registered after their routes run for them all the same, in the order of the path
requests: [GET /one/1, GET /one/none, GET /one/1/two/2, GET /r/7, GET /r/none, GET /plain]
*/
const express = require('express');

const app = express();
const router = express.Router();
const load = (req, res, next, id) => {
  if (id === 'none') return res.status(404).json({ missing: id });
  res.append('X-Seen', `one-${id}`);
  next();
};
app.get('/plain', (req, res) => {
  res.json('plain');
});
app
  .route('/one/:one')
  .get((req, res) => {
    res.json({ id: req.params.one });
  })
  .delete((req, res) => {
    res.status(204).end();
  });
app.get('/one/:one/two/:two', (req, res) => {
  res.json(req.params);
});
router.get('/:id', (req, res) => {
  res.json({ id: req.params.id });
});
router.param('id', load);
app.param('two', (req, res, next, id) => {
  res.append('X-Seen', `two-${id}`);
  next();
});
app.param('one', load);
app.use('/r', router);
app.listen(process.env.PORT);
