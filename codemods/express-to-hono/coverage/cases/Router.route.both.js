/*
member: router.route
requests: [GET /r/1, PUT /r/1, POST /r/1]
*/
const express = require('express');

const app = express();
const router = express.Router();
router
  .route('/:id')
  .get((req, res) => {
    res.send('get ' + req.params.id);
  })
  .put((req, res) => {
    res.send('put ' + req.params.id);
  });
app.use('/r', router);
app.listen(process.env.PORT);
