/*
member: req.signedCookies
packages: [cookie-parser]
requests:
  - { GET: /, headers: { Cookie: 'a=s%3Ax.DFP1jW5WcQDVwmLfY7Cc8FwvTYzKnBGbGxbeWBlNbBA; b=s%3Ay.bad; c=1' } }
  - GET /set
*/
const express = require('express');

const app = express();
const cookieParser = require('cookie-parser');
app.use(cookieParser('secret'));
app.get('/', (req, res) => {
  res.json({ signed: req.signedCookies, plain: req.cookies });
});
app.get('/set', (req, res) => {
  res.cookie('a', 'x', { signed: true }).end();
});
app.listen(process.env.PORT);
