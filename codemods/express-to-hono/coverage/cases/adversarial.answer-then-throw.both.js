/*
adversarial: an error is thrown after the answer
requests: [GET /thrown, GET /scheduled, GET /checked, 'GET /checked?late=1', GET /plain]
*/
const express = require('express');

const app = express();
process.on('uncaughtException', () => {});
app.get('/thrown', (req, res) => {
  res.status(201).json({ made: true });
  throw new Error('too late');
});
app.get('/scheduled', (req, res) => {
  process.nextTick(() => res.status(400).send('later'));
  throw new Error('at once');
});
app.get('/checked', (req, res) => {
  res.json({ checked: true });
  if (req.query.late) {
    throw new Error('too late');
  }
});
app.get('/plain', (req, res) => {
  res.send('plain');
});
app.use((err, req, res, next) => {
  if (res.headersSent) return;
  res.status(404).json(err.message);
});
app.listen(process.env.PORT);
