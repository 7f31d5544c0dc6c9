/*
member: app.engine
requests: [GET /]
*/
const express = require('express');

const app = express();
const fs = require('node:fs');
app.engine('ntl', (path, options, callback) => {
  fs.readFile(path, 'utf8', (error, text) => {
    if (error) return callback(error);
    callback(null, text.replace('#name#', options.name));
  });
});
app.set('views', __dirname + '/views');
app.set('view engine', 'ntl');
app.get('/', (req, res) => {
  res.render('index', { name: 'Ada' });
});
app.listen(process.env.PORT);
