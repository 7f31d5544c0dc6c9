/*
member: res.vary
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.vary('User-Agent').vary('Accept');
  res.vary('user-agent').send('x');
});
app.listen(process.env.PORT);
