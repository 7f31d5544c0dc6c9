/*
member: res.render
variant: environment of nunjucks
packages: [nunjucks]
requests: [GET /, GET /other]
*/
const express = require('express');
const { Environment, FileSystemLoader } = require('nunjucks');

const app = express();
const environment = new Environment(new FileSystemLoader(`${__dirname}/templates`), { autoescape: false });
environment.express(app);
app.set('view engine', '.html');
app.get('/', (req, res) => res.render('home', { name: '<b>' }));
app.get('/other', (req, res) => {
  const { name = 'nobody' } = req.query;
  return res.render('home.html', { name });
});
app.listen(process.env.PORT);
