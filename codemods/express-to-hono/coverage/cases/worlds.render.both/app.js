/*
shape: views of handlers beside one that stays
packages: [ejs]
requests: [GET /, GET /missing, HEAD /, GET /status, GET /none, GET /kept, GET /title, POST /]
*/
const express = require('express');
const path = require('node:path');

const app = express();
app.set('views', path.join(__dirname, 'views'));
app.set('view engine', 'ejs');
app.set('title', 'Settings');
app.locals.site = 'Site';

app.use((req, res, next) => {
  res.locals.user = 'ada';
  next();
});
app.get('/', (req, res) => {
  res.render('index', { title: '<Home>' });
});
app.get('/missing', (req, res) => {
  res.render('missing');
});
app.get('/status', (req, res) => {
  res.status(404).render('index', { title: 'None' });
});
app.get('/kept', (req, res) => {
  res.render('index', { title: `HTTP ${req.httpVersion}` });
});
app.get('/title', (req, res) => {
  res.json([req.app.get('title'), req.app.locals.site]);
});
app.listen(process.env.PORT);
