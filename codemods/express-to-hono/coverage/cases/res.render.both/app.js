/*
member: res.render
packages: [ejs]
requests: [GET /, GET /missing, HEAD /, GET /status]
*/
const express = require('express');

const app = express();
const path = require('node:path');
app.set('views', path.join(__dirname, 'views'));
app.set('view engine', 'ejs');
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
app.listen(process.env.PORT);
