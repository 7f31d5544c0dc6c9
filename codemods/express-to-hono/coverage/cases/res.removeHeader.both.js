/*
member: res.removeHeader
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.set('X-A', '1');
  res.removeHeader('X-A');
  res.removeHeader('X-Powered-By');
  res.send('x');
});
app.listen(process.env.PORT);
