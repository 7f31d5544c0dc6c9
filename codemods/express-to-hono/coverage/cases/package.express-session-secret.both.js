/*
package: express-session
variant: the secret is that of cookie-parser
packages: [express-session, cookie-parser]
cookies: true
mask: ['connect\.sid=[^;]+']
requests: [GET /, GET /]
*/
const express = require('express');
const cookieParser = require('cookie-parser');
const session = require('express-session');

const app = express();
app.use(cookieParser('shared secret'));
app.use(session({ resave: false, saveUninitialized: true }));

app.get('/', (req, res) => {
  req.session.views = (req.session.views || 0) + 1;
  res.json({ views: req.session.views });
});

app.listen(process.env.PORT);
