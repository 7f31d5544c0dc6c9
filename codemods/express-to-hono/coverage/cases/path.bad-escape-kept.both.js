/*
shape: a parameter that is no valid escape, where Express's routing stays and nothing handles errors
requests: [GET /a/1, GET /a/%E0%A4%A, GET /b/1, GET /b/%zz, HEAD /a/%E0%A4%A]
*/
const express = require('express');

const app = express();
app.get('/a/:id', (req, res) => {
  res.send(req.params.id);
});
app.get(/^\/b\/(\w+)$/, (req, res) => {
  res.send(req.params[0]);
});
app.listen(process.env.PORT);
