/*
member: req.route
variant: a regular expression
requests: [GET /user/1]
*/
const express = require('express');

const app = express();
app.get(/^\/user\/(\d+)$/, (req, res) => {
  res.send(String(req.route.path));
});
app.listen(process.env.PORT);
