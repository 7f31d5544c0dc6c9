/*
package: cookie-session
packages: [cookie-session]
cookies: true
requests: [GET /, GET /, GET /out, GET /]
*/
const express = require('express');

const app = express();
const cookieSession = require('cookie-session');
app.use(cookieSession({ name: 'session', keys: ['k'] }));
app.get('/', (req, res) => {
  req.session.views = (req.session.views || 0) + 1;
  res.json({ views: req.session.views });
});
app.get('/out', (req, res) => {
  req.session = null;
  res.send('out');
});
app.listen(process.env.PORT);
