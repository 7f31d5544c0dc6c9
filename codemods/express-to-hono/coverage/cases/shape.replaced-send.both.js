/*
shape: res.send replaced
variant: keeps the body for a listener, beside res.json
requests:
  - GET /notes
  - GET /notes/9
  - GET /text
  - GET /fails
  - GET /moved
  - GET /nowhere
  - POST /notes
  - GET /log
*/
const express = require('express');

const app = express();
const log = [];

const noted = (req, res, next) => {
  let size = 0;
  let text;
  const { send } = res;
  const originalJson = res.json;
  res.send = function (body) {
    if (body) {
      size = Buffer.byteLength(typeof body === 'string' ? body : JSON.stringify(body));
    }
    text = body;
    return send.apply(this, arguments);
  };
  res.json = function (data) {
    if (data) {
      size = Buffer.byteLength(JSON.stringify(data));
    }
    return originalJson.apply(res, [data]);
  };
  res.on('finish', () => {
    log.push({ status: res.statusCode, size, text });
  });
  return next();
};

app.get('/log', (req, res) => res.json(log));
app.use(noted);
app.get('/notes', (req, res) => res.json([{ id: 1 }, { id: 'ä' }]));
app.get('/notes/:id', (req, res) => res.status(404).json({ error: 'no such note' }));
app.post('/notes', (req, res) => res.status(201).json({ id: 3 }));
app.get('/text', (req, res) => res.send('plain'));
app.get('/moved', (req, res) => res.redirect('/text'));
app.get('/fails', () => {
  throw new Error('broken');
});
app.use((req, res) => res.status(404).json({ error: 'nothing here' }));
app.use((err, req, res, next) => res.status(500).json({ error: err.message }));
app.listen(process.env.PORT);
