/*
adversarial: a replaced answer of the response
variant: a route that leaves its requests to another one
requests: [GET /notes, GET /notes, GET /log]
*/
const express = require('express');

const app = express();
const log = [];

app.get('/log', (req, res) => res.json(log));
app.get('/notes', (req, res, next) => {
  const json = res.json.bind(res);
  res.json = (body) => {
    log.push(body);
    return json(body);
  };
  next();
});
app.get('/notes', (req, res) => res.type('json').send('{"notes":[]}'));
app.listen(process.env.PORT);
