/*
member: app.use
variant: an error handler and a 404 have no parameters
requests: [GET /users/7, GET /users/8, GET /nothing/here]
*/
const express = require('express');

const app = express();
app.get('/users/:id', (req, res, next) => {
  if (req.params.id === '7') throw new Error('seven');
  next();
});
app.use((req, res) => {
  res.status(404).json({ id: String(req.params.id), all: req.params });
});
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message, id: String(req.params.id), all: req.params });
});
app.listen(process.env.PORT);
