/*
member: res.render
variant: with a callback
packages: [ejs]
requests: [GET /]
*/
const express = require('express');

const app = express();
app.set('views', __dirname + '/views');
app.set('view engine', 'ejs');
app.get('/', (req, res, next) => {
  res.render('index', (error, html) => {
    if (error) return next(error);
    res.send(html.trim());
  });
});
app.listen(process.env.PORT);
