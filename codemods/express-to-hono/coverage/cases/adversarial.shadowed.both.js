/*
adversarial: shadowed req, res, next
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  const inner = [1, 2].map((res) => {
    const req = { json: (value) => value * 2 };
    return req.json(res);
  });
  {
    const next = 'block';
    inner.push(next);
  }
  res.json(inner);
});
app.listen(process.env.PORT);
