/*
shape: a conditional answer in a callback, with a status that is read
requests: [GET /items/1, GET /items/7, { GET: /items/7, headers: { If-None-Match: '*' } }]
*/
const express = require('express');

const app = express();
const later = (value, done) => setTimeout(() => done(null, value), 1);
app.get('/items/:id', (req, res) => {
  later(req.params.id, (err, id) => {
    return Number(id) > 3 ? res.status(404).json({ stale: req.stale }) : res.status(201).json({ id, err });
  });
});
app.listen(process.env.PORT);
