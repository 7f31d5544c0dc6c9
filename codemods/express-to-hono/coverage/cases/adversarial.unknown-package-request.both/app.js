/*
adversarial: a package nobody compared
variant: it changes the request
requests:
  - GET /items/4?a=1
  - GET /whole/5
  - GET /taken/6
  - GET /skipped/7
  - GET /query?a=1
  - { POST: /body, json: { a: 1 } }
  - { GET: /headers, headers: { X-Gone: g, Accept: application/json } }
  - GET /own
  - GET /after
*/
const express = require('express');
const changes = require('changes-requests');

const app = express();
app.use(express.json());
app.get('/items/:id', changes.params(), (req, res) => {
  res.json([req.params.id, req.params.added]);
});
app.get('/whole/:id', changes.newParams(), (req, res) => {
  res.json(req.params);
});
app.get('/taken/:id', changes.params(), (req, res) => {
  const { id } = req.params;
  res.json(id);
});
app.get('/skipped/:id', changes.skip(), (req, res) => {
  res.json('not skipped');
});
app.get('/skipped/:id', (req, res) => {
  res.json('skipped');
});
app.get('/before', (req, res) => {
  res.json(req.query);
});
app.use(changes.rest());
app.get('/query', (req, res) => {
  res.json(req.query);
});
app.post('/body', (req, res) => {
  res.json(req.body ?? 'no body');
});
app.get('/headers', (req, res) => {
  res.json([req.get('x-added'), req.headers['x-gone'] ?? null, req.accepts(['json', 'text']), req.ip]);
});
app.get('/own', (req, res) => {
  res.json([req.tenant, req.greet('you'), req.cookies, res.locals]);
});
app.get('/after', (req, res) => {
  setImmediate(() => res.json(req.after));
});
app.listen(process.env.PORT);
