/*
member: res.render
variant: nunjucks
packages: [nunjucks]
requests: [GET /, GET /named, GET /none, GET /broken, GET /text, GET /locals, GET /filter, GET /env, HEAD /]
*/
const express = require('express');
const nunjucks = require('nunjucks');

const app = express();
app.set('view engine', 'njk');
app.locals.site = 'Notes & more';
const environment = nunjucks.configure(`${__dirname}/views`, {
  autoescape: true,
  express: app,
  noCache: true,
});
environment.addFilter('shout', (text) => `${text}!`);
app.use((req, res, next) => {
  res.locals.user = { name: '<Ann>' };
  next();
});
app.get('/', (req, res) => {
  res.render('index', { title: 'Home' });
});
app.get('/named', (req, res) => {
  res.status(201).render('page.html', { title: 'Named', site: 'given' });
});
app.get('/none', (req, res) => {
  res.render('nowhere');
});
app.get('/broken', (req, res) => {
  res.render('broken');
});
app.get('/text', (req, res, next) => {
  res.render('parts/line', { line: 'one' }, (error, html) => {
    if (error) return next(error);
    res.type('text').send(html.toUpperCase());
  });
});
app.get('/locals', (req, res) => {
  res.locals.title = 'of locals';
  res.render('index');
});
app.get('/filter', (req, res) => {
  res.send(environment.renderString('{{ word | shout }}', { word: 'hi' }));
});
app.get('/env', (req, res) => {
  res.json({ same: req.app.get('nunjucksEnv') === environment });
});
app.use((error, req, res, next) => {
  res.status(500).json({ message: error.message.split('\n').at(-1) });
});
app.listen(process.env.PORT);
