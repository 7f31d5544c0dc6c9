/*
shape: a table of routes, some handlers of which are in files that use no word of Express
requests: [GET /files/12, GET /files/notes, GET /files/a/b]
*/
const express = require('express');
const { numbered } = require('./middleware/numbered');

const named = () => async (req, res) => res.send(`named ${req.params.id}`);
const table = [
  { path: '/files/12', run: numbered },
  { path: '/files/:id', run: named() },
];
const app = express();
table.forEach(({ path, run }) => {
  app.get(path, run);
});
app.listen(process.env.PORT);
