/*
member: app.param
variant: under a condition
requests: [GET /users/1]
*/
const express = require('express');

const app = express();
if (process.env.CHECKED) {
  app.param('id', (req, res, next, id) => {
    req.checked = id;
    next();
  });
}
app.get('/users/:id', (req, res) => {
  res.json(req.checked ?? 'not checked');
});
app.listen(process.env.PORT);
