const express = require('express');
const tenants = require('some-tenants');

const app = express();

app.use(express.json());
app.use(tenants({ header: 'X-Tenant' }));
app.get('/body', (req, res) => res.json(req.body));
app.get('/query', (req, res) => res.json(req.query));
app.get('/items/:id', tenants.only('a', 'b'), (req, res) => res.json({ id: req.params.id }));

module.exports = app;
