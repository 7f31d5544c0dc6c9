/*
member: req.query
requests: ['GET /?a=1&a=2&b[c]=d&e', GET /, 'GET /?a=%20+b&q=%ZZ', 'GET /?a[]=1', 'GET /?__proto__[x]=1']
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  const { a = 'none' } = req.query;
  res.json({ a, all: req.query });
});
app.listen(process.env.PORT);
