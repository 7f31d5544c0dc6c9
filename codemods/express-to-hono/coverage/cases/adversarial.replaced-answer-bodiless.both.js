/*
adversarial: a replaced answer of the response
variant: a status that goes without the body
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
    log.push(body);
    return json(body);
  };
  next();
});
app.get('/user', (req, res) => res.json({ user: { name: 'ada', password: 'x' } }));
app.get('/typed', (req, res) => res.status(204).json({ text: 1 }));
app.listen(process.env.PORT);
