/*
shape: routers exported and mounted elsewhere
requests: [GET /api/users, GET /api/users/7, GET /api/none]
*/
const express = require('express');

const app = express();
app.use('/api', require('./routes'));
app.listen(process.env.PORT);
