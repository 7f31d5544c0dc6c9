/*
shape: res.json replaced
variant: an envelope around what is sent
requests:
  - GET /notes
  - { GET: /notes, headers: { If-None-Match: 'W/"42-114hBj+vRQ7PhXcls6IOHA/8O6A"' } }
  - GET /notes/9
  - GET /text
  - GET /sent
  - GET /list
  - GET /any/200
  - GET /any/204
  - GET /fails
  - GET /moved
  - GET /nowhere
  - POST /notes
  - HEAD /notes
*/
const express = require('express');

const app = express();

app.use((req, res, next) => {
  res.cookie('seen', 'yes');
  const json = res.json.bind(res);
  // One form for all answers.
  res.json = (body) => json({ success: res.statusCode < 400, data: body });
  next();
});
app.use('/list', (req, res, next) => {
  const originalJson = res.json;
  res.json = function (data) {
    const total = Array.isArray(data) ? data.length : 1;
    res.set('X-Total', String(total));
    return originalJson.call(this, { total, rows: data });
  };
  next();
});
app.get('/notes', (req, res) => res.set('X-Of', 'notes').cookie('more', '1').json([{ id: 1, at: new Date(0) }]));
app.get('/notes/:id', (req, res) => res.status(404).json({ error: 'no such note' }));
app.post('/notes', (req, res) => res.status(201).json({ id: 3 }));
app.get('/text', (req, res) => res.send('plain'));
app.get('/sent', (req, res) => res.send({ sent: true }));
const statuses = { ok: 200, none: 204 };
app.get('/any/:status', (req, res) => {
  const status = req.params.status === '204' ? statuses.none : statuses.ok;
  res.status(status).json({ status });
});
app.get('/list', (req, res) => res.json(['a', 'b']));
app.get('/moved', (req, res) => res.redirect('/text'));
app.get('/fails', () => {
  throw new Error('broken');
});
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message });
});
app.listen(process.env.PORT);
