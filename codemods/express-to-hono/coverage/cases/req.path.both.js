/*
member: req.path
requests: [GET /a/b?c, GET /, 'GET /%41']
*/
const express = require('express');

const app = express();
app.use((req, res) => {
  res.send(req.path);
});
app.listen(process.env.PORT);
