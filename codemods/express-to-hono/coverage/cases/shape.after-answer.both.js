/*
shape: code after the response
requests: [GET /, GET /count, GET /both]
*/
const express = require('express');

const app = express();
let count = 0;
app.get('/', (req, res) => {
  res.send('counted');
  count += 1;
});
app.get('/count', (req, res) => {
  res.json({ count });
});
app.listen(process.env.PORT);
