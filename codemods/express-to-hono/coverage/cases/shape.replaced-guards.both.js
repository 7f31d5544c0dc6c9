/*
shape: res.json replaced
variant: that sends some answers as they are
requests:
  - GET /wrapped
  - GET /plain
  - GET /marked
  - GET /missing
  - GET /ended
  - GET /log
*/
const express = require('express');

const app = express();
const log = [];

app.get('/log', (req, res) => res.json(log));
app.use((req, res, next) => {
  const end = res.end;
  res.end = function (...args) {
    if (!req.get('x-log')) return end.apply(this, args);
    log.push('end');
    return end.apply(this, args);
  };
  const originalJson = res.json.bind(res);
  res.json = (body) => {
    // What went wrong is sent as it is.
    if (res.statusCode >= 400) return originalJson(body);
    const isMarked =
      body !== null &&
      body.marked;
    if (isMarked) {
      return originalJson(body);
    }
    log.push({
      path: req.path,
      keys: Object.keys(body),
    });
    return originalJson({
      ok: true,
      body,
    });
  };
  next();
});
app.get('/wrapped', (req, res) => res.json({ a: 1 }));
app.get('/plain', (req, res) => res.send('plain'));
app.get('/marked', (req, res) => res.json({ marked: true }));
app.get('/missing', (req, res) => res.status(404).json({ error: 'missing' }));
app.get('/ended', (req, res) => res.end());
app.listen(process.env.PORT);
