/*
adversarial: answered twice on one path
requests: ['GET /?a=1', GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  if (req.query.a) res.status(400).send('a');
  res.send('end');
});
app.listen(process.env.PORT);
