/*
adversarial: answered after await, work after that
requests: [GET /, GET /log]
*/
const express = require('express');

const app = express();
const log = [];
app.get('/', async (req, res) => {
  const value = await Promise.resolve('v');
  res.send(value);
  await Promise.resolve();
  log.push(value);
});
app.get('/log', (req, res) => {
  res.json(log);
});
app.listen(process.env.PORT);
