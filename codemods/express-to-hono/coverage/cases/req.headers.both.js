/*
member: req.headers
requests: [{ GET: /, headers: { Authorization: Bearer t, X-A: '1' } }, GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  const { authorization } = req.headers;
  const name = 'x-a';
  res.json({ token: authorization && authorization.split(' ')[1], a: req.headers[name], count: Object.keys(req.headers).includes('x-a') });
});
app.listen(process.env.PORT);
