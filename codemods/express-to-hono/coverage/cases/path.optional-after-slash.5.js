/*
shape: path with an optional parameter after a slash
requests: [GET /a/, GET /a/1, GET /a/1/, GET /a/?q=1, GET /ab]
*/
const express = require('express');

const app = express();
const none = { none: true };
app.get('/a/{:id}', (req, res) => {
  if (req.params.id === undefined) return res.send(none);
  res.send([req.params.id]);
});
app.get('/ab', (req, res) => res.send(Object.keys(none)));
app.listen(process.env.PORT);
