const express = require('express');
const methodOverride = require('method-override');

const app = express();

app.use(methodOverride('_method'));
app.put('/a', (req, res) => res.json({}));

module.exports = app;
