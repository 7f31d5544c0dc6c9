/*
adversarial: an environment of Nunjucks that an application is given only under a condition
packages: [nunjucks]
requests: [GET /]
*/
const express = require('express');
const nunjucks = require('nunjucks');

const app = express();
const environment = nunjucks.configure(`${__dirname}/views`);
if (process.env.PORT !== '1') environment.express(app);
app.get('/', (req, res) => {
  res.render('index.njk', { title: '<Home>' });
});
app.listen(process.env.PORT);
