/*
shape: handlers in a table
variant: this
files: [control.js]
requests: [GET /things, GET /things/1, GET /things/7, {POST: /things, json: {name: c}}, GET /things, GET /rows, GET /rows/0, {POST: /rows, json: {name: d}}, GET /plain, GET /lost]
*/
const express = require('express');
const { control, Things, plain } = require('./control');

const app = express();
const things = new Things();
app.get('/things', things.list.bind(things));
app.get('/things/:id', (req, res, next) => things.one(req, res, next));
app.post('/things', express.json(), things.add.bind(things));
const rows = [
  { method: 'get', path: '/rows', handlers: [control.list.bind(control)] },
  { method: 'get', path: '/rows/:id', handlers: [(req, res, next) => control.one(req, res, next)] },
  { method: 'post', path: '/rows', handlers: [express.json(), (req, res) => control.add(req, res)] },
];
rows.forEach(({ method, path, handlers }) => app[method](path, ...handlers));
app.get('/plain', plain.show);
app.get('/lost', plain.lost);
app.listen(process.env.PORT);
