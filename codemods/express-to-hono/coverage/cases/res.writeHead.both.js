/*
member: res.writeHead
requests: [GET /, GET /redirect, HEAD /, GET /before]
*/
const express = require('express');

const app = express();
app.use('/before', (req, res, next) => {
  res.status(203).set('X-Before', '1');
  next();
});
app.get('/before', (req, res) => {
  res.writeHead(200);
  res.end();
});
app.get('/', (req, res) => {
  res.writeHead(201, { 'Content-Type': 'text/plain' });
  res.end('written');
});
app.get('/redirect', (req, res) => {
  res.writeHead(302, { Location: '/to' });
  res.end();
});
app.listen(process.env.PORT);
