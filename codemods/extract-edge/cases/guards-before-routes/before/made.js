'use strict';

const express = require('express');
const { rows, touch, tools } = require('./rows');

const NAMES = ['a', 'b'];
const UPPER = NAMES.map((name) => name.toUpperCase());

const app = express();
const counted = () => {
  let count = 0;
  return (req, res) => res.json({ count: (count += 1) });
};
app.get('/made', counted());
app.get('/aliased', (req, res) => res.json(rows));
app.get('/destructured', ({ session }, res) => res.json(session));
app.get('/renamed', (request, response) => response.json(request['session']));
app.get('/helped', (req, res) => res.json(sessionOf(req)));
app.get('/other-name', (req, res) => {
  const asked = req;
  res.json(asked.session);
});
const counters = [0].map((start) => {
  let count = start;
  return () => (count += 1);
});
const made = tools.v1.counter();
const pattern = new RegExp('a', 'g');
app.get('/counters', (req, res) => res.json(counters[0]()));
app.get('/tools', (req, res) => res.json(made()));
app.get('/pattern', (req, res) => res.json(pattern.test(req.query.a)));
app.get('/selfish', (req, res) => res.json(selfish()));
app.get('/upper', (req, res) => res.json(UPPER));
app.get('/own', (req, res) => {
  const list = [1, 2];
  list.push(Number(req.query.n));
  res.json(list);
});
app.post('/touch', (req, res) => {
  for (const row of rows) touch(row);
  res.sendStatus(204);
});

function sessionOf(req) {
  return req.session;
}

function selfish() {
  selfish.count = (selfish.count || 0) + 1;
  return selfish.count;
}

app.listen(3003);
