/*
member: req.baseUrl
variant: one mount
requests: [GET /api/a, GET /API/a?x=1, GET /]
*/
const express = require('express');

const app = express();
const router = express.Router();
router.get('/a', (req, res) => {
  res.send(req.baseUrl + req.path);
});
app.use('/api', router);
app.get('/', (req, res) => {
  res.send('[' + req.baseUrl + ']');
});
app.listen(process.env.PORT);
