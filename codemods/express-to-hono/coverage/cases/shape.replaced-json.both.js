/*
shape: res.json replaced
variant: looks at the body, as logs and metrics do
requests:
  - GET /notes
  - GET /notes/9
  - GET /text
  - GET /fails
  - GET /moved
  - GET /nowhere
  - POST /notes
  - HEAD /notes
  - GET /sent
  - GET /log
*/
const express = require('express');

const app = express();
const log = [];

app.use((req, res, next) => {
  if (req.path === '/log') return next();
  const started = Date.now();
  const json = res.json.bind(res);
  // What goes out is noted.
  res.json = (body) => {
    const ids = Array.isArray(body) ? body.map(({ id }) => id) : [];
    // Once an answer.
    log.push({ method: req.method, path: req.path, status: res.statusCode, ids, error: body.error });
    if (Date.now() - started > 60_000) {
      log.push('slow');
    }
    return json(body);
  };
  next();
});
app.get('/notes', (req, res) => res.json([{ id: 1, at: new Date(0) }, { id: 2 }]));
app.get('/notes/:id', (req, res) => res.status(404).json({ error: 'no such note' }));
app.post('/notes', (req, res) => res.status(201).json({ id: 3 }));
app.get('/text', (req, res) => res.send('plain'));
app.get('/sent', (req, res) => res.send({ error: 'sent' }));
app.get('/moved', (req, res) => res.redirect('/text'));
app.get('/fails', () => {
  throw new Error('broken');
});
app.get('/log', (req, res) => res.json(log));
app.use((err, req, res, next) => res.status(500).json({ error: err.message }));
app.listen(process.env.PORT);
