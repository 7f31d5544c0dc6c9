/*
member: res.send
variant: calls on the response after the answer
requests: [GET /status, GET /json, GET /ended, GET /both, GET /none, GET /returned]
*/
const express = require('express');

const app = express();
app.get('/status', (req, res) => {
  res.send('Not found').status(404);
});
app.get('/json', async (req, res) => {
  const found = await Promise.resolve(null);
  if (!found) res.json({ found }).status(404);
  else res.json({ found }).status(200);
});
app.get('/ended', (req, res) => {
  res.status(201).json({ ended: true }).end();
});
app.get('/both', (req, res) => res.send('both').status(202).end());
app.get('/none', (req, res) => {
  res.sendStatus(403).status(200);
});
app.get('/returned', (req, res) => {
  return res.status(203).send({ a: 1 }).status(200);
});
app.listen(process.env.PORT);
