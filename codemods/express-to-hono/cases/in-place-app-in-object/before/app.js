const express = require('express');

const app = express();
app.get('/hello/:name', (req, res) => res.json({ hello: req.params.name }));
module.exports = app;
