/*
member: res.json
variant: nothing, asked for by a client that has it
requests:
  - { GET: /nothing, headers: { If-None-Match: '*' } }
  - { HEAD: /nothing, headers: { If-None-Match: '*' } }
  - { GET: /nothing }
  - { POST: /nothing, headers: { If-None-Match: '*' } }
  - { GET: /status, headers: { If-None-Match: '*' } }
  - { GET: /missing, headers: { If-None-Match: '*' } }
  - { GET: /typed, headers: { If-None-Match: '*' } }
  - { GET: /typed }
  - { GET: /undefined, headers: { If-None-Match: '*' } }
  - { GET: /row, headers: { If-None-Match: '*' } }
  - { GET: /row }
  - { GET: /function, headers: { If-None-Match: '*' } }
  - { GET: /send-row, headers: { If-None-Match: '*' } }
  - { GET: /jsonp, headers: { If-None-Match: '*' } }
  - { GET: /jsonp }
  - { GET: /type-of-row, headers: { If-None-Match: '*' } }
*/
const express = require('express');

const app = express();
const rows = {};
app.all('/nothing', (req, res) => res.json());
app.get('/status', (req, res) => res.status(201).json());
app.get('/missing', (req, res) => res.status(404).json());
app.get('/typed', (req, res) => res.type('application/xml').json());
app.get('/undefined', (req, res) => res.json(undefined));
app.get('/row', (req, res) => res.json(rows.first));
app.get('/function', (req, res) => res.json(() => 1));
app.get('/send-row', (req, res) => {
  res.send(rows.first);
});
app.get('/jsonp', (req, res) => res.jsonp(rows.first));
app.get('/type-of-row', (req, res) => res.type('json').json(rows.first));
app.listen(process.env.PORT);
