/*
member: req.is
requests:
  - { POST: /, json: {} }
  - { POST: /, body: 'a', type: text/html; charset=utf-8 }
  - POST /
*/
const express = require('express');

const app = express();
app.post('/', (req, res) => {
  res.json([req.is('json'), req.is('text/*'), req.is('html')]);
});
app.listen(process.env.PORT);
