/*
shape: headers that were set before a middleware of a package
variant: which fails, takes one away, or goes on
packages: [helmet, express-session]
mask: ['connect\.sid=[^;]+', 'Expires=(?!Thu, 01 Jan 1970)[^;]+']
requests: [GET /fails/here, GET /hides/here, GET /hides/none, GET /session/here, GET /session/none]
*/
const express = require('express');
const helmet = require('helmet');
const session = require('express-session');

const app = express();
app.use((req, res, next) => {
  res.clearCookie('sid');
  res.cookie('theme', 'dark');
  res.location('/there');
  res.set('X-A', '1');
  next();
});
app.use('/fails', session({ resave: false, saveUninitialized: true }));
app.use('/hides', helmet());
app.use('/session', session({ secret: 's', resave: false, saveUninitialized: true }));
app.get('/:part/here', (req, res) => res.json({ part: req.params.part }));
app.listen(process.env.PORT);
