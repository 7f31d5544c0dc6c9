/*
shape: A helper is called with arguments in parentheses
requests: [GET /, { GET: /, headers: { X-User: ann } }]
*/
const express = require('express');

const greet = (res, status, name) => res.status(status).send('hello ' + name);

const app = express();
app.get('/', (req, res) => {
  return greet(res, (200), ((req.get('X-User') || 'nobody')));
});
app.listen(process.env.PORT);
