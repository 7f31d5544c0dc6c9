/*
adversarial: a replaced answer of the response
variant: what it leaves is read by a listener of a later middleware
requests: [GET /notes, GET /notes, GET /log]
*/
const express = require('express');

const app = express();
const log = [];

app.get('/log', (req, res) => res.json(log));
app.use((req, res, next) => {
  const json = res.json.bind(res);
  res.json = (body) => {
    res.locals.sent = body;
    return json(body);
  };
  next();
});
app.use((req, res, next) => {
  res.on('finish', () => {
    log.push(res.locals.sent ?? 'nothing');
  });
  next();
});
app.get('/notes', (req, res) => res.json({ notes: [] }));
app.listen(process.env.PORT);
