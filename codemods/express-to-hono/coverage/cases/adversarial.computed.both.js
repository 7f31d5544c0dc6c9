/*
adversarial: a computed member
requests: [GET /, 'GET /?as=json']
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res[req.query.as === 'json' ? 'json' : 'send']('x');
});
app.listen(process.env.PORT);
