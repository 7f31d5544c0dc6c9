/*
member: res.writeHead
requests: [GET /, GET /redirect, HEAD /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.writeHead(201, { 'Content-Type': 'text/plain' });
  res.end('written');
});
app.get('/redirect', (req, res) => {
  res.writeHead(302, { Location: '/to' });
  res.end();
});
app.listen(process.env.PORT);
