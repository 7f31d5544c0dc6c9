/*
shape: path with an optional parameter after a slash, and the path before it
requests: [GET /b, GET /b/, GET /b/1]
*/
const express = require('express');

const app = express();
app.get('/b/{:id}', (req, res) => res.json({ id: req.params.id || null }));
app.get('/b', (req, res) => res.json({ all: true }));
app.listen(process.env.PORT);
