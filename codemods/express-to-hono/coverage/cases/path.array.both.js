/*
shape: array of paths
requests: [GET /a, GET /b, GET /c]
*/
const express = require('express');

const app = express();
app.get(['/a', '/b'], (req, res) => {
  res.send(req.path);
});
app.listen(process.env.PORT);
