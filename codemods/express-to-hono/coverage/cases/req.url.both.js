/*
member: req.url
requests: ['GET /a?b=1', GET /api/x?y]
*/
const express = require('express');

const app = express();
app.use('/api', (req, res) => {
  res.send(req.url);
});
app.get('/a', (req, res) => {
  res.send(req.url);
});
app.listen(process.env.PORT);
