const express = require('express');

const app = express();

app.use(express.json());
app.use(express.urlencoded({ extended: true }));

// A repeated key is a list here, and `filter` an object.
app.get('/notes', (req, res) => {
  res.json({ tags: [].concat(req.query.tag ?? []), owner: req.query.filter?.owner });
});

app.post('/notes', (req, res, next) => {
  if (!req.body.text) return next(Object.assign(new Error('no text'), { status: 422 }));
  res.status(201).json({ text: req.body.text });
});

app.get('/files/:name.:ext', (req, res) => {
  res.json(req.params);
});

app.listen(3000);
