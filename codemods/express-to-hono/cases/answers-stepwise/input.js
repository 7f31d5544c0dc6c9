const express = require('express');

const app = express();

app.post('/a', (req, res) => {
  res.status(201);
  res.set('X-A', 'b').append('Link', '</a>; rel="self"');
  res.json({ ok: true });
});

app.get('/b', (req, res) => {
  if (req.get('X-Old')) return res.status(410).set('X-Gone', '1').send('gone');
  res.type('text/plain').send('here');
});

app.get('/c', (req, res) => {
  res.statusCode = 202;
  res.setHeader('Content-Type', 'text/csv');
  res.end('a,b');
});

module.exports = app;
