/*
member: res.send
variant: nothing or null, with a status
requests:
  - GET /made
  - POST /made
  - GET /typed
  - { GET: /made, headers: { If-None-Match: '*' } }
  - GET /null
  - PUT /null
  - { GET: /null, headers: { If-None-Match: '*' } }
  - GET /null-typed
  - GET /null-status
  - GET /null-empty
  - GET /number
  - GET /number-typed
  - GET /row
  - GET /row-typed
  - GET /row-status
  - GET /boolean
  - GET /boolean-typed
  - GET /computed?code=201
  - GET /computed?code=204
  - GET /computed?code=304
  - GET /computed?code=205
  - HEAD /null
  - HEAD /made
*/
const express = require('express');

const app = express();
const rows = { none: null };
app.all('/made', (req, res) => {
  res.status(201).send();
});
app.get('/typed', (req, res) => res.status(201).type('application/xml').send());
app.all('/null', (req, res) => res.send(null));
app.get('/null-typed', (req, res) => res.type('html').send(null));
app.get('/null-status', (req, res) => res.status(404).send(null));
app.get('/null-empty', (req, res) => res.status(204).send(null));
app.get('/number', (req, res) => res.status(201).send(`${1}`));
app.get('/number-typed', (req, res) => res.type('text').status(201).send(rows.none));
app.get('/row', (req, res) => res.send(rows.none));
app.get('/row-typed', (req, res) => res.type('html').send(rows.first));
app.get('/row-status', (req, res) => res.status(202).send(rows.first));
app.get('/boolean', (req, res) => res.send(true));
app.get('/boolean-typed', (req, res) => res.type('html').send(false));
app.get('/computed', (req, res) => res.status(Number(req.query.code)).send());
app.listen(process.env.PORT);
