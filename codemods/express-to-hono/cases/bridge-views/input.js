const express = require('express');

const app = express();

app.set('view engine', 'ejs');
app.get('/a', (req, res) => res.render('a', { b: 1 }));

module.exports = app;
