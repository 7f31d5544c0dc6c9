/*
adversarial: a package nobody compared
variant: it stands in one method of a route that has several
requests:
  - GET /items/4
  - POST /items/5
  - HEAD /items/4
  - DELETE /items/6
*/
const express = require('express');
const changes = require('changes-requests');

const app = express();
const router = express.Router();
router
  .route('/:id')
  .post([changes.params()], (req, res) => {
    res.json(['post', req.params.id, req.params.added]);
  })
  .get(changes.params(), (req, res) => {
    res.json(['get', req.params.id, req.params.added]);
  })
  .delete((req, res) => {
    res.json(['delete', req.params.id]);
  });
app.use('/items', router);
app.listen(process.env.PORT);
