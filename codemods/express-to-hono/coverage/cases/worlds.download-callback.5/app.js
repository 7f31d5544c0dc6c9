/*
shape: a download by wildcard with a callback
requests:
  - GET /files/note.txt
  - GET /files/old/note.txt
  - GET /files/none/there.txt
  - GET /files/..%2fapp.js
  - GET /files
  - GET /list
*/
const path = require('node:path');
const express = require('express');

const app = express();

app.get('/list', (req, res) => res.json(['note.txt']));
app.get('/files/*rest', (req, res, next) => {
  const name = req.params.rest.join('/');
  res.download(name, { root: path.join(__dirname, 'papers') }, (error) => {
    if (!error) return;
    if (error.status !== 404) return next(error);
    res.status(404).send(`no ${name} among ${req.params.rest.length}`);
  });
});
app.listen(process.env.PORT);
