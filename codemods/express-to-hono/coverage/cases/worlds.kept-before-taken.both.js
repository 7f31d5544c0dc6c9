/*
shape: a route that stays before ones with an overlapping pattern
requests: [GET /items/new, GET /items/7, GET /items/7/parts, GET /other, DELETE /items/new, OPTIONS /items/7, HEAD /other]
*/
const express = require('express');

const app = express();
app.get('/items/new', (req, res) => res.json({ new: req.httpVersion }));
app.get('/items/:id', (req, res) => res.json({ id: req.params.id }));
app.get('/items/:id/parts', (req, res) => res.json({ parts: req.params.id }));
app.get('/other', (req, res) => res.send('other'));
app.listen(process.env.PORT);
