/*
member: app.set
variant: json spaces
requests: [GET /, POST /made, GET /sent, GET /text, GET /typed, GET /none, GET /nothing, GET /fails]
*/
const express = require('express');

const app = express();
app.set('json spaces', 2);
app.get('/', (req, res) => {
  res.json({ a: [1] });
});
app.post('/made', (req, res) => {
  res.status(201).json({ made: true, of: null });
});
app.get('/sent', (req, res) => {
  res.send({ b: { c: 1 } });
});
app.get('/text', (req, res) => {
  res.send('{ "as": "text" }');
});
app.get('/typed', (req, res) => {
  res.type('application/problem+json').json({ title: 'typed' });
});
app.get('/none', (req, res) => {
  res.status(204).json({ a: 1 });
});
app.get('/nothing', (req, res) => {
  res.json();
});
app.get('/fails', () => {
  throw new Error('failed');
});
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message });
});
app.listen(process.env.PORT);
