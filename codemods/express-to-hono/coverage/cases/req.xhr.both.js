/*
member: req.xhr
requests: [GET /, { GET: /, headers: { X-Requested-With: XMLHttpRequest } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.json({ xhr: req.xhr });
});
app.listen(process.env.PORT);
