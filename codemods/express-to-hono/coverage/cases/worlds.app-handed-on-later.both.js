/*
shape: what is registered once requests come stays in Express, what comes before it does not
requests: [GET /first, GET /open, GET /second, GET /odd]
*/
const express = require('express');

const more = (app) => {
  app.get('/second', (req, res) => res.send('second'));
};

const app = express();
app.get('/first', (req, res) => res.send('first'));
app.get('/open', (req, res) => {
  more(app);
  res.send('opened');
});
app.get('/odd', (req, res) => {
  const held = { res };
  held.res.send('odd');
});
app.listen(process.env.PORT);
