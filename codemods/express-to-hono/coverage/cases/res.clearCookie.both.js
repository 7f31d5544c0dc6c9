/*
member: res.clearCookie
mask: ['Max-Age=0; Path=/admin; Expires=[^;]+']
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.clearCookie('a', { path: '/admin', maxAge: 5 });
  res.clearCookie('b').send('x');
});
app.listen(process.env.PORT);
