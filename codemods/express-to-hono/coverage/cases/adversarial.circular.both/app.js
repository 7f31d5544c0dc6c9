/*
adversarial: circular imports
requests: [GET /a, GET /b]
*/
const express = require('express');

const app = express();
const a = require('./a');
app.get('/a', a.a);
app.get('/b', require('./b').b);
app.listen(process.env.PORT);
