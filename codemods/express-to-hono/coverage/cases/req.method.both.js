/*
member: req.method
requests: [GET /, PUT /, DELETE /x, HEAD /]
*/
const express = require('express');

const app = express();
app.use((req, res) => {
  res.send(req.method);
});
app.listen(process.env.PORT);
