/*
adversarial: a loop that answers for each element
requests: [GET /list, GET /count, GET /later, GET /pass, GET /caught]
*/
const express = require('express');

const app = express();
let turns = 0;
app.get('/list', (req, res) => {
  ['one', 'two', 'three'].forEach((text) => {
    turns += 1;
    res.send(text);
  });
});
app.get('/count', (req, res) => res.json({ turns }));
app.get('/later', (req, res) => {
  [1].forEach((n) => {
    setImmediate(() => res.json({ n }));
  });
});
app.get('/pass', (req, res, next) => {
  [1].forEach((n) => {
    if (n === 2) res.json({ n });
    else next();
  });
});
app.get('/pass', (req, res) => res.send('passed'));
app.get('/caught', (req, res) => {
  try {
    [1, 2].forEach((n) => res.json({ n }));
  } catch (error) {
    turns += 100;
  }
});
app.listen(process.env.PORT);
