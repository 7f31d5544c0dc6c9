/*
shape: an application that is exported where it is made, beside a route that stays
requests: [GET /, GET /api/events, POST /api/events, DELETE /api/events/1, GET /none]
*/
const express = require('express');

const app = (module.exports = express());
app.use(express.json());
app.get('/', (req, res) => {
  res.send('home');
});
app.get('/api/events', (req, res) => {
  res.json([{ id: 1 }]);
});
app.post('/api/events', (req, res) => {
  res.status(201).json({ posted: true });
});
app.delete('/api/events/:id', (req, res) => {
  const held = { res };
  held.res.json({ deleted: req.params.id });
});
app.listen(process.env.PORT);
