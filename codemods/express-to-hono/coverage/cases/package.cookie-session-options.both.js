/*
package: cookie-session
variant: several, secure behind a proxy, not signed, changed before an error
packages: [cookie-session]
cookies: true
mask: ['expires=[^;]+']
requests:
  - GET /plain/write
  - GET /plain/write
  - GET /plain/read
  - HEAD /plain/write
  - GET /plain/options
  - GET /plain/thrown
  - GET /plain/read
  - GET /plain/missing
  - GET /plain/out
  - GET /plain/read
  - GET /secure/write
  - { GET: /secure/write, headers: { X-Forwarded-Proto: https } }
  - { GET: /secure/read, headers: { X-Forwarded-Proto: https } }
  - GET /signed/write
  - { GET: /signed/read, headers: { Cookie: 'signed=eyJjb3VudCI6OX0=; signed.sig=forged' } }
  - GET /signed/read
*/
const express = require('express');
const cookieSession = require('cookie-session');

const app = express();
app.set('trust proxy', true);
app.use('/plain', cookieSession({ name: 'plain', signed: false, maxAge: 60000, httpOnly: false, sameSite: 'lax' }));
app.use('/secure', cookieSession({ name: 'secure', keys: ['new', 'old'], secure: true }));
app.use('/signed', cookieSession({ name: 'signed', secret: 'quiet' }));
const routes = express.Router();
routes.get('/read', (req, res) => {
  res.json({ count: req.session.count, isNew: req.session.isNew, isPopulated: req.session.isPopulated });
});
routes.get('/write', (req, res) => {
  req.session.count = (req.session.count || 0) + 1;
  res.cookie('last', 'write').json({ count: req.session.count, isChanged: req.session.isChanged });
});
routes.get('/options', (req, res) => {
  req.sessionOptions.maxAge = 1000;
  req.session.count = 20;
  res.send('options');
});
routes.get('/thrown', (req) => {
  req.session.count = 30;
  throw new Error('thrown');
});
routes.get('/out', (req, res) => {
  req.session = null;
  res.redirect('read');
});
app.use(['/plain', '/secure', '/signed'], routes);
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.message });
});
app.listen(process.env.PORT);
