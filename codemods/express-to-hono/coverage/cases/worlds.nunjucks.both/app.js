/*
adversarial: Nunjucks of an application of which a route stays in Express
packages: [nunjucks]
requests: [GET /, GET /kept, GET /global]
*/
const express = require('express');
const nunjucks = require('nunjucks');

const app = express();
const environment = nunjucks.configure(`${__dirname}/views`, { express: app });
environment.addGlobal('site', 'Notes');
app.set('view engine', 'njk');
app.get('/', (req, res) => {
  res.render('index', { title: 'Home' });
});
app.get('/global', (req, res) => {
  environment.addGlobal('site', 'Other notes');
  res.render('index', { title: 'Changed' });
});
const later = [];
app.get('/kept', (req, res) => {
  later.push(res);
  setImmediate(() => later.pop().render('index', { title: 'Kept' }));
});
app.listen(process.env.PORT);
