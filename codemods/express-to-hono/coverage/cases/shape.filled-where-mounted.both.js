/*
shape: 'routers and an application that get their routes in the call that mounts them'
requests:
  - GET /made/one
  - GET /made/two/7
  - GET /named/one
  - GET /named/early
  - { POST: /sub/two/7, json: { a: 1 } }
  - GET /sub/one
  - GET /sub/none
  - GET /last
*/
const express = require('express');

const app = express();
const one = (req, res) => {
  res.json({ one: true, url: req.url });
};
const two = (req, res) => {
  res.json({ two: req.params.id });
};
app.use('/made', express.Router().get('/one', one).get('/two/:id', two));
const named = express.Router();
named.get('/early', (req, res) => {
  res.send('early');
});
app.use('/named', named.get('/one', one));
const sub = express().disable('x-powered-by').get('/one', one);
app.use('/sub', sub.post('/two/:id', two));
app.get('/last', (req, res) => {
  res.send('last');
});
app.listen(process.env.PORT);
