/*
adversarial: options of Nunjucks that are made elsewhere
packages: [nunjucks]
requests: [GET /]
*/
const express = require('express');
const nunjucks = require('nunjucks');

const app = express();
const options = { autoescape: false };
if (process.env.PORT) options.express = app;
nunjucks.configure(`${__dirname}/views`, options);
app.get('/', (req, res) => {
  res.render('index.njk', { title: '<Home>' });
});
app.listen(process.env.PORT);
