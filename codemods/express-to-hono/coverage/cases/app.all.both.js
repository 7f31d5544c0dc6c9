/*
member: app.all
requests: [GET /a, POST /a, DELETE /a/, PATCH /a, OPTIONS /a, HEAD /a, GET /b]
*/
const express = require('express');

const app = express();
app.all('/a', (req, res) => {
  res.send(req.method);
});
app.listen(process.env.PORT);
