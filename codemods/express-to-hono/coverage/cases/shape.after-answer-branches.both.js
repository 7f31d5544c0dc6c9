/*
shape: 'code after an answer that one of several branches gave: it runs, and what is awaited there holds no answer back'
requests:
  - GET /b?x=1
  - GET /b?y=1
  - GET /b
  - GET /count
  - GET /c?x=1
  - GET /c?y=1
  - GET /c
  - GET /count
  - GET /d?x=a
  - GET /d?x=b
  - GET /count
  - GET /e?x=1
  - GET /e
  - GET /e?wait=1
  - GET /e/was
  - GET /f?x=2
  - GET /f
  - GET /count
*/
const express = require('express');

const app = express();
let count = 0;
const counted = (by) => {
  count += by;
};
app.get('/b', (req, res) => {
  if (req.query.x) res.json({ a: 1 });
  else if (req.query.y) {
    res.status(201);
    res.send('b');
  } else res.send('c');
  counted(1);
});
app.get('/c', (req, res) => {
  Promise.resolve().then(() => {
    if (req.query.x) {
      res.set('X-Branch', 'x');
      res.json({ a: 1 });
    } else if (req.query.y) {
      res.status(201).send('b');
    } else {
      res.end();
    }
    if (!req.query.y) {
      let by = 10;
      if (req.query.x) by = 20;
      counted(by);
    }
  });
});
app.get('/d', (req, res) => {
  const { x } = req.query;
  if (x === 'a') {
    res.json({ a: 1 });
    return;
  } else {
    res.json({ a: 2 });
  }
  counted(100);
});
let was = 'nothing';
app.get('/e', async (req, res) => {
  if (req.query.x) res.json({ x: await Promise.resolve(1) });
  else res.json({ x: 0 });
  if (!req.query.wait) return;
  was = 'waiting';
  await new Promise((resolve) => setTimeout(resolve, 300));
  was = 'done';
});
app.get('/e/was', (req, res) => {
  res.json({ was });
});
app.get('/f', (req, res) => {
  setTimeout(() => {
    if (req.query.x) {
      res.json({ x: Number(req.query.x) });
    } else {
      res.status(404).json({ none: true });
    }
    if (!req.query.x) return;
    counted(1000);
  }, 1);
});
app.get('/count', (req, res) => {
  res.json({ count });
});
app.listen(process.env.PORT);
