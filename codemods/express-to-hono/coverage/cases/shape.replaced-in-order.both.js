/*
shape: res.json replaced
variant: several, one behind the other, that wait, set a header and keep what they saw
requests:
  - GET /a
  - GET /b
  - GET /nothing
  - GET /log
*/
const express = require('express');

const app = express();
const log = [];

app.get('/log', (req, res) => res.json(log));
app.use((req, res, next) => {
  const json = res.json.bind(res);
  res.json = (body) => {
    log.push(['outer', body]);
    json(body);
  };
  next();
});
app.use((req, res, next) => {
  const json = res.json;
  res.json = async (body) => {
    await Promise.resolve();
    res.set('X-Seen', String(res.statusCode));
    res.locals.sent = body;
    log.push(['inner', res.locals.sent, res.get('X-Of')]);
    return json.call(res, body);
  };
  next();
});
app.get('/a', (req, res) => {
  res.set('X-Of', 'a');
  res.json({ a: 1 });
});
app.get('/b', (req, res) => {
  return res.status(201).json({ b: 1 });
});
app.get('/nothing', (req, res) => res.json(undefined));
app.listen(process.env.PORT);
