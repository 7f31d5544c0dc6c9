/*
adversarial: a replaced answer of the response
variant: reads the bytes that are sent
requests: [GET /user, GET /log]
*/
const express = require('express');

const app = express();
const log = [];

app.get('/log', (req, res) => res.json(log));
app.use((req, res, next) => {
  const end = res.end;
  res.end = function (chunk, encoding) {
    log.push(chunk ? chunk.length : 0);
    return end.call(this, chunk, encoding);
  };
  next();
});
app.get('/user', (req, res) => res.json({ name: 'ada' }));
app.listen(process.env.PORT);
