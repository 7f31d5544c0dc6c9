/*
adversarial: a handler and a router mounted twice
requests: [GET /a, GET /b, GET /x/r, GET /y/r]
*/
const express = require('express');

const app = express();
const show = (req, res) => {
  res.send(req.path);
};
const router = express.Router();
router.get('/r', show);
app.get('/a', show);
app.get('/b', show);
app.use('/x', router);
app.use('/y', router);
app.listen(process.env.PORT);
