/*
shape: handlers that Object.values, map and concat put together, beside a route that stays
requests: [GET /mapped, GET /spread, GET /values, 'GET /late']
*/
const express = require('express');

const app = express();
const stamp = (name) => (req, res, next) => {
  res.append('X-Stamp', name);
  next();
};
const all = { one: stamp('one'), two: stamp('two') };
const names = ['x', 'y'];
app.get(
  '/mapped',
  names.map((name) => stamp(name)),
  (req, res) => {
    res.send('mapped');
  },
);
app.get('/spread', ...names.map(stamp), (req, res) => {
  res.send('spread');
});
app.get('/values', Object.values(all), (req, res) => {
  res.send('values');
});
app.get('/late', (req, res) => {
  res.send(req.app.get('env') === undefined ? 'none' : `late ${String(req.res === res)}`);
});
app.listen(process.env.PORT);
