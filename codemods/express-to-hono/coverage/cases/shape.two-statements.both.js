/*
shape: res.x(); return;
requests: [GET /, 'GET /?a=1']
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  if (!req.query.a) {
    res.status(400).send('a is missing');
    return;
  }
  res.send('a');
});
app.listen(process.env.PORT);
