/*
shape: guards that are members of an object or methods of a class, for routes that stay and routes that go
requests:
  - GET /open
  - GET /kept
  - { GET: /kept, headers: { X-Key: k } }
  - GET /taken
  - { GET: /taken, headers: { X-Key: k } }
  - GET /admin/kept
  - { GET: /admin/kept, headers: { X-Role: admin } }
  - GET /admin/taken
  - { GET: /admin/taken, headers: { X-Role: admin } }
  - GET /named/kept
  - { GET: /named/kept, headers: { X-Name: ada } }
  - GET /named/taken
  - { GET: /named/taken, headers: { X-Name: ada } }
  - { GET: /pages/one, headers: { X-Key: k } }
  - { GET: /pages/two, headers: { X-Key: k } }
  - GET /pages/two
  - GET /pages/three
  - GET /counted
  - GET /counted/kept
  - GET /counted
*/
const express = require('express');

function Sessions(key) {
  this.guard = (req, res, next) => {
    if (req.get('X-Key') === key) return next();
    res.status(401).send('no key');
  };
  this.kept = (req, res) => {
    res.send(`kept ${req.httpVersion}`);
  };
  this.taken = (req, res) => {
    res.json({ taken: key });
  };
}

class Admins {
  constructor(role) {
    this.role = role;
    this.guard = this.guard.bind(this);
  }

  static named = (req, res, next) => {
    if (req.get('X-Name')) return next();
    res.status(401).json('no name');
  };

  guard(req, res, next) {
    if (req.get('X-Role') === this.role) return next();
    res.status(403).json({ need: this.role });
  }
}

const counters = {};
let count = 0;
counters.note = (req, res, next) => {
  count += 1;
  next();
};

const sessions = new Sessions('k');
const admins = new Admins('admin');
const guard = sessions.guard;
const app = express();
app.get('/open', (req, res) => {
  res.send('open');
});
app.get('/kept', guard, sessions.kept);
app.get('/taken', guard, sessions.taken);
app.get('/admin/kept', admins.guard, (req, res) => {
  res.send(req.httpVersion);
});
app.get('/admin/taken', admins.guard, (req, res) => {
  res.json('taken');
});
app.get('/named/kept', Admins.named, (req, res) => {
  res.send(req.httpVersion);
});
app.get('/named/taken', Admins.named, (req, res) => {
  res.json('taken');
});
app.get('/counted/kept', counters.note, (req, res) => {
  res.send(`${req.httpVersion} ${count}`);
});
app.get('/counted', counters.note, (req, res) => {
  res.json({ count });
});
const pages = express.Router();
for (const page of ['one', 'two']) {
  pages.get(`/${page}`, sessions.guard, (req, res) => {
    res.json({ page });
  });
}
app.use('/pages', pages);
app.listen(process.env.PORT);
