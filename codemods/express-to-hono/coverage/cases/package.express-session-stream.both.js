/*
package: express-session
variant: changed while an answer is streamed
packages: [express-session]
cookies: true
mask: ['connect\.sid=[^;]+']
requests: [GET /start, GET /stream, GET /read]
*/
const express = require('express');
const session = require('express-session');

const app = express();
app.use(session({ secret: 'quiet', resave: false, saveUninitialized: false }));
app.get('/start', (req, res) => {
  req.session.sent = 0;
  res.json({ sent: req.session.sent });
});
app.get('/stream', async (req, res) => {
  res.setHeader('Content-Type', 'text/plain');
  for (const part of ['one ', 'two ', 'three']) {
    res.write(part);
    await new Promise((resolve) => setTimeout(resolve, 5));
    req.session.sent += 1;
  }
  res.end();
});
app.get('/read', (req, res) => res.json({ sent: req.session.sent }));
app.listen(process.env.PORT);
