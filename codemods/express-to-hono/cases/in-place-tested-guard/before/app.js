const express = require('express');
const { untraced } = require('./untraced');

const app = express();

app.use(untraced);
app.get('/items/:id', (req, res) => res.json({ id: req.params.id }));

module.exports = app;
