/*
member: res.write
requests: [GET /, HEAD /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.set('Content-Type', 'text/plain');
  res.write('one\n');
  res.write('two\n');
  res.end('three\n');
});
app.listen(process.env.PORT);
