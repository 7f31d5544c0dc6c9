/*
package: method-override
variant: called by a middleware with its request
packages: [method-override]
requests: [{ POST: '/notes/1?_method=PUT' }, POST /notes/1, PUT /notes/1, { POST: '/open/1?_method=PUT' }]
*/
const express = require('express');
const methodOverride = require('method-override');

const app = express();
app.use((req, res, next) => {
  if (req.path.startsWith('/open')) return next();
  methodOverride('_method')(req, res, next);
});
app.put('/notes/:id', (req, res) => {
  res.json({ put: req.params.id, method: req.method });
});
app.post('/notes/:id', (req, res) => {
  res.json({ posted: req.params.id, method: req.method });
});
app.post('/open/:id', (req, res) => {
  res.json({ open: req.params.id, method: req.method });
});
app.listen(process.env.PORT);
