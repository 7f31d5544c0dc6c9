/*
shape: requests that name another method, where a route stays in Express
packages: [method-override]
requests:
  - { POST: '/notes/1?_method=DELETE' }
  - { POST: /notes/1, headers: { X-HTTP-Method-Override: PUT } }
  - { POST: '/notes/1?_method=DELETE', headers: { X-HTTP-Method-Override: PUT } }
  - { POST: /notes/1, headers: { X-HTTP-Method-Override: 'patch, PUT' } }
  - { POST: /notes/1, headers: { X-HTTP-Method-Override: NONE } }
  - { GET: '/notes/1?_method=DELETE' }
  - { POST: '/kept/1?_method=PUT' }
  - { POST: '/both/1?_method=DELETE' }
  - { POST: '/both/1' }
  - { POST: '/notes/1' }
  - GET /status
  - { POST: /status, headers: { X-HTTP-Method-Override: GET } }
*/
const express = require('express');
const methodOverride = require('method-override');

const app = express();
app.get('/status', (req, res) => {
  res.json('up');
});
app.use(methodOverride('_method'));
app.use(methodOverride());
app.delete('/notes/:id', (req, res) => {
  res.json({ deleted: req.params.id, method: req.method, was: req.originalMethod });
});
app.put('/notes/:id', (req, res) => {
  res.json({ put: req.params.id });
});
app.patch('/notes/:id', (req, res) => {
  res.json({ patched: req.params.id });
});
app.post('/notes/:id', (req, res) => {
  res.json({ posted: req.params.id });
});
app.put('/kept/:id', (req, res) => {
  const held = { res };
  held.res.json({ kept: req.params.id, method: req.method });
});
app.delete('/both/:id', (req, res) => {
  res.json({ deleted: req.params.id });
});
app.post('/both/:id', (req, res) => {
  const held = { res };
  held.res.json({ kept: req.params.id, was: req.originalMethod });
});
app.listen(process.env.PORT);
