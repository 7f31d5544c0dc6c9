/*
shape: middleware that both worlds need
packages: [express-session, cookie-parser]
cookies: true
mask: ["s%3A[^;]+"]
requests:
  - GET /visits
  - GET /raw
  - GET /visits
  - { GET: /raw, headers: { Authorization: ada } }
  - { GET: /me, headers: { Authorization: ada } }
  - GET /me
  - { POST: /echo, json: { a: 1 } }
  - { POST: /echo, body: "{", type: application/json }
  - GET /fails
  - GET /fails-in-express
  - GET /unknown
  - POST /visits
  - OPTIONS /visits
*/
const express = require('express');
const session = require('express-session');
const cookieParser = require('cookie-parser');

const app = express();
let count = 0;

function counted(req, res, next) {
  count += 1;
  res.set('X-Count', String(count));
  next();
}

const users = { ada: { name: 'Ada' } };
const userOf = (req) => users[req.get('authorization')];

function guard(name) {
  return (req, res, next) => {
    const user = userOf(req);
    if (user === undefined) return res.status(401).json({ who: name });
    req.user = user;
    next();
  };
}

app.use(counted);
app.use(express.json(), cookieParser());
app.use(session({ secret: 's', resave: false, saveUninitialized: true, cookie: { path: '/' } }));
app.get('/visits', (req, res) => {
  req.session.visits = (req.session.visits || 0) + 1;
  res.json({ visits: req.session.visits });
});
app.get('/raw', guard('raw'), (req, res) => {
  res.json({ user: req.user, http: req.httpVersion, visits: req.session.visits });
});
app.get('/me', guard('me'), (req, res) => res.json(req.user));
app.post('/echo', (req, res) => res.status(201).json(req.body));
app.get('/fails', () => {
  throw new Error('in a route');
});
app.get('/fails-in-express', (req) => {
  throw new Error(`in a route of HTTP ${req.httpVersion}`);
});
app.use((req, res) => {
  res.status(404).json({ path: req.path });
});
app.use(function failed(err, req, res, next) {
  res.status(err.status || 500).json({ error: err.type || err.message });
});
app.listen(process.env.PORT);
