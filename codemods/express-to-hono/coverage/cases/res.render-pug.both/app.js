/*
member: res.render
variant: pug
packages: [pug]
requests: [GET /]
*/
const express = require('express');

const app = express();
app.set('views', './views');
app.set('views', __dirname + '/views');
app.set('view engine', 'pug');
app.get('/', (req, res) => {
  res.render('index', { title: 'Home' });
});
app.listen(process.env.PORT);
