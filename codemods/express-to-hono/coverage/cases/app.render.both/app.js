/*
member: app.render
packages: [ejs]
requests: [GET /]
*/
const express = require('express');

const app = express();
app.set('view engine', 'ejs');
app.set('views', __dirname + '/views');
app.get('/', (req, res, next) => {
  app.render('mail', { name: 'Ada' }, (error, html) => {
    if (error) return next(error);
    res.type('txt').send(html);
  });
});
app.listen(process.env.PORT);
