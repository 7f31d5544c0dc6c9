const express = require('express');
const path = require('node:path');

const app = express();

app.set('views', path.join(__dirname, 'views'));
app.set('view engine', 'ejs');
app.set('site name', 'Notes');
app.engine('txt', (file, options, callback) => callback(null, file));
app.locals.title = app.get('site name');

app.use((req, res, next) => {
  res.locals.user = req.app.locals.users.find(req.get('X-User'));
  next();
});
app.get('/a', (req, res) => res.render('a', { b: 1 }));
app.get('/b', async (req, res) => {
  const locals = await load();
  res.status(201).render('b', { ...locals, user: res.locals.user });
});
app.get('/c', (req, res, next) => {
  res.render('c', (err, html) => {
    if (err) return next(err);
    res.json({ html });
  });
});

module.exports = app;
