/*
member: app.set
variant: json spaces, and no answer has a type of its own
requests: [GET /, GET /sent, GET /text, GET /list, GET /made, GET /none, HEAD /]
*/
const express = require('express');

const app = express();
app.set('json spaces', 2);
app.get('/', (req, res) => {
  res.json({ a: [1] });
});
app.get('/sent', (req, res) => {
  res.send({ b: { c: 1 } });
});
app.get('/text', (req, res) => {
  res.send('{ "as": "text" }');
});
app.get('/list', (req, res) => {
  res.json([]);
});
app.get('/made', (req, res) => {
  res.status(201).json({ made: req.query.of });
});
app.get('/none', (req, res) => {
  res.status(204).json({ none: true });
});
app.listen(process.env.PORT);
