/*
adversarial: a replaced answer of the response
variant: the original is called without a response
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
  const json = res.json;
  res.json = (body) => {
    log.push(body);
    return json(body);
  };
  next();
});
app.get('/user', (req, res) => res.json({ user: { name: 'ada', password: 'x' } }));
app.listen(process.env.PORT);
