/*
adversarial: a catch without an answer, where the block goes on after next()
requests:
  - GET /a
  - { GET: /a, headers: { X-Key: k } }
  - { GET: /a, headers: { X-Key: "!" } }
*/
const express = require('express');

const app = express();
const seen = [];
const note = (key) => {
  seen.push(key);
  if (key === '!') throw new RangeError('bad key');
};
const guard = (req, res, next) => {
  try {
    if (req.get('X-Key') === undefined) throw new TypeError('no key');
    next();
    note(req.get('X-Key'));
  } catch (error) {
    if (error instanceof TypeError) {
      return res.status(400).json({ error: error.message });
    }
  }
};
app.get('/a', guard, (req, res) => {
  res.json({ seen });
});
app.listen(process.env.PORT);
