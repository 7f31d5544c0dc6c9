/*
shape: a catch that answers some failures only, behind a next() at the end of its block
requests:
  - GET /a
  - { GET: /a, headers: { X-Key: k } }
  - { GET: /a, headers: { X-Key: "!" }, timeout: 150 }
  - { GET: /a/late, headers: { X-Key: k } }
  - { GET: /b, headers: { X-Key: k } }
  - GET /b
  - { GET: /c, headers: { X-Key: k } }
  - { GET: /c, headers: { X-Key: "!" }, timeout: 150 }
*/
const express = require('express');

const app = express();
const check = (key) => {
  if (key === undefined) throw new TypeError('no key');
  if (key === '!') throw new RangeError('bad key');
  return key;
};
const guard = (req, res, next) => {
  try {
    req.user = check(req.get('X-Key'));
    next();
  } catch (error) {
    if (error instanceof TypeError) {
      return res.status(400).json({ error: error.message });
    }
  }
};
const asked = async (req, res, next) => {
  try {
    const key = await check(req.get('X-Key'));
    if (key === 'k') {
      next();
    } else {
      res.status(403).json({ key });
    }
  } catch (error) {
    if (error instanceof TypeError) res.status(401).json({ error: error.message });
  }
};
app.get('/a', guard, (req, res) => {
  res.json({ user: req.user });
});
app.get('/a/late', guard, (req, res) => {
  throw new RangeError('later');
});
app.get('/b', asked, (req, res) => {
  res.json({ b: 1 });
});
app.get('/c', guard, (req, res, next) => {
  next(new Error('handed on'));
});
app.use((err, req, res, next) => {
  res.status(500).json({ failed: err.message });
});
app.listen(process.env.PORT);
