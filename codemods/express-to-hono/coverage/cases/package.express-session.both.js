/*
package: express-session
packages: [express-session]
cookies: true
mask: ['connect\.sid=[^;]+', 'Expires=[^;]+']
requests: [GET /, GET /, GET /none, GET /out, GET /]
*/
const express = require('express');

const app = express();
const session = require('express-session');
app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false, cookie: { maxAge: 60000 } }));
app.get('/', (req, res) => {
  req.session.views = (req.session.views || 0) + 1;
  res.json({ views: req.session.views });
});
app.get('/out', (req, res, next) => {
  req.session.destroy((error) => {
    if (error) return next(error);
    res.redirect('/');
  });
});
app.listen(process.env.PORT);
