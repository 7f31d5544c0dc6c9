/*
shape: res.send monkey-patched
requests: [GET /]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  const send = res.send;
  res.send = function (body) {
    res.set('X-Length', String(body.length));
    return send.call(this, body);
  };
  next();
});
app.get('/', (req, res) => {
  res.send('patched');
});
app.listen(process.env.PORT);
