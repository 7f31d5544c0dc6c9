/*
member: res.getHeader
requests: [GET /]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.setHeader('X-A', 'a');
  next();
});
app.get('/', (req, res) => {
  res.json([res.getHeader('x-a'), res.getHeader('x-none')]);
});
app.listen(process.env.PORT);
