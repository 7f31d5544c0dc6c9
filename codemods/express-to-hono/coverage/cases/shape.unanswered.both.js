/*
shape: paths that end without an answer, where the request waits, behind a guard and in an error handler as well
requests:
  - GET /if?ok=1
  - { GET: /if, timeout: 150 }
  - GET /bare?ok=1
  - { GET: /bare, timeout: 150 }
  - GET /switch/a
  - { GET: /switch/b, timeout: 150 }
  - { GET: /switch/c, timeout: 150 }
  - GET /loop?n=2
  - { GET: /loop, timeout: 150 }
  - GET /chain?ok=1
  - { GET: /chain, timeout: 150 }
  - GET /callback?ok=1
  - { GET: /callback, timeout: 150 }
  - { GET: /caught, timeout: 150 }
  - { GET: /secret, timeout: 150 }
  - { GET: /secret?key=no, timeout: 150 }
  - GET /secret?key=yes
  - { GET: /inner, timeout: 150 }
  - GET /inner?key=yes
  - GET /fail?name=Known
  - { GET: /fail?name=Other, timeout: 150 }
  - GET /nothing?key=yes
  - { GET: /nothing, timeout: 150 }
  - { GET: /logged, timeout: 150 }
*/
const express = require('express');

const app = express();
const lookup = (ok, done) => setTimeout(done, 1, null, ok ? { ok } : null);
const found = (ok) => new Promise((resolve) => lookup(ok, (err, row) => resolve(row)));
const log = () => {};

app.get('/if', (req, res) => {
  if (req.query.ok) {
    res.json('ok');
  }
});
app.get('/bare', async (req, res) => {
  const row = await found(req.query.ok);
  if (!row) return;
  res.json(row);
});
app.get('/switch/:kind', (req, res) => {
  switch (req.params.kind) {
    case 'a':
      res.json('a');
      break;
    case 'b':
      log('b');
      break;
  }
});
app.get('/loop', (req, res) => {
  for (const n of ['1', '2']) {
    if (req.query.n === n) return res.json(n);
  }
});
app.get('/chain', (req, res, next) => {
  found(req.query.ok)
    .then((row) => {
      if (row) res.json(row);
    })
    .catch(next);
});
app.get('/callback', (req, res, next) => {
  lookup(req.query.ok, (err, row) => {
    if (err) return next(err);
    if (!row) return;
    res.json(row);
  });
});
app.get('/caught', async (req, res) => {
  try {
    const row = await found(false);
    res.json(row.ok);
  } catch (error) {
    log(error);
  }
});
const guard = (req, res, next) => {
  if (req.query.key === 'yes') return next();
  if (req.query.key) return log('wrong');
  log('none');
};
app.get('/secret', guard, (req, res) => {
  res.json('secret');
});
app.use('/inner', (req, res, next) => {
  if (req.query.key === 'yes') {
    next();
  } else {
    log('none');
  }
});
app.get('/inner', (req, res) => {
  res.json('inner');
});
app.get('/fail', (req, res) => {
  throw Object.assign(new Error('failed'), { name: String(req.query.name) });
});
app.get('/nothing', (req, res, next) => (req.query.key ? res.json('before') : next()), function () {});
app.get('/logged', () => {
  log('here');
});
app.use((err, req, res, next) => {
  if (err.name === 'Known') {
    res.status(400).json('known');
  } else if (err.name === 'Better known') {
    return res.status(401).json('better known');
  }
});
app.listen(process.env.PORT);
