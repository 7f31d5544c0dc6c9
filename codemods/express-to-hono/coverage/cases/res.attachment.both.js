/*
member: res.attachment
requests: [GET /, GET /named]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.attachment();
  res.send('x');
});
app.get('/named', (req, res) => {
  res.attachment('€ 1.png').send(Buffer.from('x'));
});
app.listen(process.env.PORT);
