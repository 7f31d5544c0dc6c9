/*
member: res.set
requests: [GET /, GET /type]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.set('X-A', '1');
  res.set({ 'X-B': '2', 'X-C': 3 });
  res.header('X-D', '4');
  res.setHeader('X-E', '5');
  res.send('x');
});
app.get('/type', (req, res) => {
  res.set('Content-Type', 'text/plain');
  res.send('plain');
});
app.listen(process.env.PORT);
