/*
member: res.sendStatus
requests: [GET /404, GET /204, GET /200, GET /299]
*/
const express = require('express');

const app = express();
app.get('/404', (req, res) => {
  res.sendStatus(404);
});
app.get('/204', (req, res) => {
  res.sendStatus(204);
});
app.get('/:code', (req, res) => {
  res.sendStatus(Number(req.params.code));
});
app.listen(process.env.PORT);
