const express = require('express');

const app = express();

const show = (req, res) => res.json({ id: req.params.id });

app.get('/a/:id', show);
show({ params: { id: 1 } }, { json: console.log });

module.exports = app;
