/*
member: res.download
requests: [GET /, GET /named, GET /none]
*/
const express = require('express');

const app = express();
const file = __dirname + '/report.txt';
app.get('/', (req, res) => {
  res.download(file);
});
app.get('/named', (req, res) => {
  res.download(file, 'named.pdf');
});
app.get('/none', (req, res) => {
  res.download(__dirname + '/none.txt');
});
app.listen(process.env.PORT);
