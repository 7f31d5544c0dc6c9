/*
package: connect-flash
packages: [connect-flash, express-session]
cookies: true
mask: ['connect\.sid=[^;]+']
requests: [GET /flash, GET /, GET /]
*/
const express = require('express');

const app = express();
const session = require('express-session');
const flash = require('connect-flash');
app.use(session({ secret: 's', resave: false, saveUninitialized: true }));
app.use(flash());
app.get('/flash', (req, res) => {
  req.flash('info', 'hello');
  res.redirect('/');
});
app.get('/', (req, res) => {
  res.json(req.flash('info'));
});
app.listen(process.env.PORT);
