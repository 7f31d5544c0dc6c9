/*
shape: routes registered from a table
variant: a list of methods, a router, an object of methods
requests: [GET /both, POST /both, DELETE /both, GET /api/a/1, PUT /api/a/1, GET /api/b]
*/
const express = require('express');

const app = express();
['get', 'post'].forEach((method) => {
  app[method]('/both', (req, res) => {
    res.send(req.method);
  });
});
const router = express.Router();
const table = [
  ['get', '/a/:id', (req, res) => res.json({ get: req.params.id })],
  ['put', '/a/:id', (req, res) => res.json({ put: req.params.id })],
  ['get', '/b', (req, res) => res.send('b')],
];
for (const [verb, path, handler] of table) router[verb](path, handler);
app.use('/api', router);
app.listen(process.env.PORT);
