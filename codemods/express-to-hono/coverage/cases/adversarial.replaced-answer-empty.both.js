/*
adversarial: a replaced answer of the response
variant: an answer without a body
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
    res.locals.body = body;
    log.push(typeof body);
    return send.call(this, body);
  };
  next();
});
app.get('/user', (req, res) => res.status(202).send());
app.listen(process.env.PORT);
