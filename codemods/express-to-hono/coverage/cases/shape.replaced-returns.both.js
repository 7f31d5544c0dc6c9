/*
shape: res.json replaced
variant: in a branch that leaves the function
requests:
  - GET /notes
  - GET /log
  - POST /notes
  - GET /left
  - GET /log
*/
const express = require('express');

const app = express();
const log = [];

app.get('/log', (req, res) => res.json(log));
app.use((req, res, next) => {
  if (req.method === 'GET') {
    const json = res.json.bind(res);
    res.json = (body) => {
      res.locals.seen = body;
      log.push(res.locals.seen);
      return json(body);
    };
    return next();
  }
  res.set('X-Method', req.method);
  next();
});
app.all('/notes', (req, res) => res.json({ notes: [] }));
app.get('/left', (req, res) => {
  res.status(404).json({ left: true });
});
app.listen(process.env.PORT);
