const express = require('express');

const app = express();
app.get('/', (req, res) => res.send('shop'));
app.use('/orders', require('./routes/orders'));
module.exports = app;
