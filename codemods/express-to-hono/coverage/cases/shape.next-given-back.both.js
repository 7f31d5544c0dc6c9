/*
shape: a promise chain that names next and does not call it
variant: routes from a table by method name
requests: [GET /notes, GET /notes/1, GET /notes/9, { POST: /notes, json: { text: two } }, { POST: /notes, json: {} }, GET /notes, GET /stated]
*/
const express = require('express');

const app = express();
const notes = [{ id: 1, text: 'one' }];
app.use(express.json());

async function list(req, res) {
  res.send(notes);
}
async function find(req, res) {
  const note = notes.find(({ id }) => String(id) === req.params.id);
  if (!note) {
    res.status(404);
    res.end();
    return;
  }
  res.send(note);
}
async function save(req, res) {
  if (!req.body.text) throw new Error('no text');
  const note = { id: notes.length + 1, text: req.body.text };
  notes.push(note);
  res.status(201).send(note);
}
const routes = [
  { path: '/notes', method: 'get', action: list },
  { path: '/notes/:id', method: 'get', action: find },
  { path: '/notes', method: 'post', action: save },
];
routes.forEach((route) => {
  app[route.method](route.path, (req, res, next) => {
    route
      .action(req, res)
      .then(() => next)
      .catch((err) => next(err));
  });
});
app.get('/stated', (req, res, next) => {
  list(req, res)
    .then(function () {
      return next;
    })
    .catch(next);
});
app.use((err, req, res, next) => {
  res.status(422).json({ message: err.message });
});
app.listen(process.env.PORT);
