/*
member: res.download
variant: options in place of a name
files: [data/list.txt]
requests: [GET /with-callback, GET /missing, HEAD /plain, GET /plain, GET /name, GET /headers, GET /nothing]
*/
const express = require('express');
const path = require('node:path');

const app = express();
const root = path.join(__dirname, 'data');
app.get('/with-callback', (req, res, next) => {
  res.download('list.txt', { root }, (err) => {
    if (err) next(err);
  });
});
app.get('/missing', (req, res, next) => {
  res.download('none.txt', { root }, (err) => {
    if (err) next(err);
  });
});
app.get('/plain', (req, res) => {
  res.download('list.txt', { root });
});
app.get('/name', (req, res) => {
  res.download('list.txt', 'saved.txt', { root });
});
app.get('/headers', (req, res) => {
  res.download('list.txt', { root, headers: { 'X-Kind': 'list', 'Content-Disposition': 'inline' } });
});
app.get('/nothing', (req, res) => {
  res.download(path.join(root, 'list.txt'), null);
});
app.listen(process.env.PORT);
