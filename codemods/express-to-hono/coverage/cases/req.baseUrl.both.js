/*
member: req.baseUrl
requests: [GET /api/v1/a, GET /api/v2/a, GET /]
*/
const express = require('express');

const app = express();
const router = express.Router();
router.get('/a', (req, res) => {
  res.send(req.baseUrl + ' ' + req.url);
});
app.use(['/api/v1', '/api/v2'], router);
app.get('/', (req, res) => {
  res.send('[' + req.baseUrl + ']');
});
app.listen(process.env.PORT);
