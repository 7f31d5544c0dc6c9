const express = require('express');

const app = express();

const session = require('express-session');

app.use(session({ secret: 'x' }));
app.get('/a', (req, res) => res.json({}));

module.exports = app;
