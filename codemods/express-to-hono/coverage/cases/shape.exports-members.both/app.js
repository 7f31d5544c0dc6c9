/*
shape: handlers as object members
variant: exports.x
requests: [GET /, POST /]
*/
const express = require('express');

const app = express();
const controller = require('./controller.js');
app.get('/', controller.index);
app.post('/', controller.create);
app.listen(process.env.PORT);
