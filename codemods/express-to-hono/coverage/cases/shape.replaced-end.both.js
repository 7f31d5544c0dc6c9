/*
shape: res.end replaced
variant: notes and sets what each answer has, whoever gives it
requests:
  - GET /notes
  - GET /text
  - GET /moved
  - GET /fails
  - GET /nowhere
  - DELETE /notes
  - HEAD /notes
  - GET /log
*/
const express = require('express');

const app = express();
const log = [];

app.get('/log', (req, res) => res.json(log));
app.use((req, res, next) => {
  const started = Date.now();
  const originalEnd = res.end;
  // Each answer says that it was timed.
  res.end = function (chunk, encoding) {
    res.setHeader('X-Timed', Date.now() - started >= 0 ? 'yes' : 'no');
    log.push(`${req.method} ${this.statusCode}`);
    originalEnd.call(this, chunk, encoding);
  };
  next();
});
app.use((req, res, next) => {
  const end = res.end.bind(res);
  res.end = (...args) => {
    log.push(`inner ${res.statusCode}`);
    return end(...args);
  };
  next();
});
app.get('/notes', (req, res) => res.json([1, 2]));
app.delete('/notes', (req, res) => res.status(204).end());
app.get('/text', (req, res) => res.send('plain'));
app.get('/moved', (req, res) => res.redirect('/text'));
app.get('/fails', () => {
  throw new Error('broken');
});
app.use((err, req, res, next) => res.status(500).json({ error: err.message }));
app.listen(process.env.PORT);
