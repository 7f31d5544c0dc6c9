/*
shape: path held by a constant
requests: [GET /api/a, GET /api/b/1]
*/
const express = require('express');

const app = express();
const base = '/api';
const A = '/api/a';
app.get(A, (req, res) => {
  res.send('a');
});
app.get(`${base}/b/:id`, (req, res) => {
  res.send(req.params.id);
});
app.listen(process.env.PORT);
