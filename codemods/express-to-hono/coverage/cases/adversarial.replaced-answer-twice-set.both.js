/*
adversarial: a replaced answer of the response
variant: sets something for what is no text
requests: [GET /user, GET /typed, GET /log]
*/
const express = require('express');

const app = express();
const log = [];
const mask = (user) => {
  user.password = '***';
};

app.get('/log', (req, res) => res.json([log, mask.name]));
app.use((req, res, next) => {
  const send = res.send;
  res.send = function (body) {
    if (typeof body === 'object') res.locals.isObject = true;
    log.last = body;
    return send.call(this, body);
  };
  next();
});
app.get('/user', (req, res) => res.send({ user: { name: 'ada', password: 'x' } }));
app.listen(process.env.PORT);
