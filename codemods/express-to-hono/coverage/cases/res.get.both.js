/*
member: res.get
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.set('X-A', 'a');
  res.send(res.get('X-A'));
});
app.listen(process.env.PORT);
