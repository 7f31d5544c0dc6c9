/*
shape: a router that is mounted before the modules that fill it are loaded
requests: [GET /api/notes, GET /api/users, GET /api/none]
*/
const express = require('express');
const { api } = require('./api.js');

const app = express();
app.use('/api', api);
require('./notes.js');
require('./users.js');
app.listen(process.env.PORT);
