/*
shape: a session, connected for the routes of Hono and Express's own before handlers in place
inPlace: true
packages: [express-session]
cookies: true
mask: ["s%3A[^;\"]+"]
requests:
  - GET /visits
  - GET /visits
  - GET /raw/visits
  - GET /raw/name
  - { GET: /raw/name, headers: { X-Trace: t } }
*/
const express = require('express');
const session = require('express-session');

const app = express();
app.use(session({ secret: 's', resave: false, saveUninitialized: true }));
app.get('/visits', (req, res) => {
  req.session.visits = (req.session.visits || 0) + 1;
  res.json({ visits: req.session.visits });
});

function untraced(req, res, next) {
  delete req.headers['x-trace'];
  req.who = 'guest';
  next();
}

app.get('/raw/visits', untraced, (req, res) => {
  res.json({ visits: req.session.visits, who: req.who });
});
app.get('/raw/name', untraced, (req, res) => {
  req.session.name = req.who;
  res.json({ name: req.session.name, trace: req.headers['x-trace'] || null });
});

app.listen(process.env.PORT || 3000);
