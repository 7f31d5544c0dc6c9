/*
shape: functions that take app
requests: [GET /a, GET /b]
*/
const express = require('express');

const app = express();
require('./routes')(app);
require('./more').register(app, { name: 'b' });
app.listen(process.env.PORT);
