/*
member: res.req
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send(res.req.method);
});
app.listen(process.env.PORT);
