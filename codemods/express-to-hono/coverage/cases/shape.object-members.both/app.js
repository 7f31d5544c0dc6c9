/*
shape: handlers as object members
requests: [GET /users, GET /users/1, GET /users/2]
*/
const express = require('express');

const app = express();
const users = require('./users');
app.get('/users', users.list);
app.get('/users/:id', users.one);
app.listen(process.env.PORT);
