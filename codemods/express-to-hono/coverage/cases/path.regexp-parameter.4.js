/*
shape: path with a pattern
requests: [GET /a/1, GET /a/x]
*/
const express = require('express');

const app = express();
app.get('/a/:id(\\d+)', (req, res) => {
  res.send(req.params.id);
});
app.listen(process.env.PORT);
