/*
member: req.route
requests: [GET /user/1]
*/
const express = require('express');

const app = express();
app.get('/user/:id', (req, res) => {
  res.send(req.route.path);
});
app.listen(process.env.PORT);
