/*
member: req.params
requests: [GET /u/1/p/2, GET /u/%20a/p/%C3%A9, 'GET /u/a%2Fb/p/c', 'GET /u/%ZZ/p/1', GET /u/1/p/]
*/
const express = require('express');

const app = express();
app.get('/u/:user/p/:post', (req, res) => {
  const { user } = req.params;
  res.json({ user, post: req.params.post, all: req.params });
});
app.listen(process.env.PORT);
