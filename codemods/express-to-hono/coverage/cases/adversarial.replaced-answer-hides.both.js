/*
adversarial: a replaced answer of the response
variant: changes what is sent by a function of the application
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
  const json = res.json.bind(res);
  res.json = (body) => {
    mask(body.user);
    return json(body);
  };
  next();
});
app.get('/user', (req, res) => res.json({ user: { name: 'ada', password: 'x' } }));
app.listen(process.env.PORT);
