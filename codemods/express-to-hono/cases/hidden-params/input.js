const express = require('express');

const app = express();

const inner = express.Router();
inner.get('/x', (req, res) => res.json({ outer: req.params.outer }));
app.use('/:outer', inner);

module.exports = app;
