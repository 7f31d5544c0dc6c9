/*
adversarial: '`res.end()` where the answer may not be whole yet'
requests:
  - GET /maybe
  - GET /maybe?x=1
  - GET /later
  - GET /either?x=1
  - GET /either
  - GET /loop?n=0
  - GET /loop?n=1
  - GET /outer?x=1
  - GET /outer
*/
const express = require('express');

const app = express();
app.get('/maybe', (req, res) => {
  if (req.query.x) res.json({ x: 1 });
  res.end();
});
app.get('/later', (req, res) => {
  setTimeout(() => {
    if (!res.headersSent) res.json({ late: true });
  }, 20);
  res.end();
});
app.get('/either', (req, res) => {
  if (req.query.x) res.status(201).json({ x: 1 });
  else res.status(202);
  res.end();
});
app.get('/loop', (req, res) => {
  for (let i = 0; i < Number(req.query.n); i++) {
    res.send('in the loop');
    break;
  }
  res.end();
});
app.get('/outer', (req, res) => {
  const other = { json: () => other, end: () => other };
  if (req.query.x) {
    other.json({});
    res.end();
  } else {
    other.json({}).end();
    res.status(404).end();
  }
});
app.listen(process.env.PORT);
