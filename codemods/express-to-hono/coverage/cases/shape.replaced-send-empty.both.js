/*
shape: res.send replaced
variant: a log of an API whose deletions have no body
requests:
  - GET /notes
  - DELETE /notes
  - GET /fails
  - GET /moved
  - GET /nowhere
  - GET /log
*/
const express = require('express');

const app = express();
const log = [];

app.get('/log', (req, res) => res.json(log));
app.use((req, res, next) => {
  const originalSend = res.send;
  res.send = function (body) {
    log.push({ status: res.statusCode, body: body === undefined ? 'none' : body, size: body?.length });
    return originalSend.call(this, body);
  };
  next();
});
app.get('/notes', (req, res) => res.json([1, 2]));
app.delete('/notes', async (req, res) => {
  await Promise.resolve();
  res.status(204).send();
});
app.get('/moved', (req, res) => res.redirect('/notes'));
app.get('/fails', () => {
  throw new Error('broken');
});
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message });
});
app.listen(process.env.PORT);
