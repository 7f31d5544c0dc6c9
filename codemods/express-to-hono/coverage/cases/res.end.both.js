/*
member: res.end
requests: [GET /, GET /text, GET /status]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.end();
});
app.get('/text', (req, res) => {
  res.end('text');
});
app.get('/status', (req, res) => {
  res.status(404).end();
});
app.listen(process.env.PORT);
