/*
shape: a module that registers on the application, and that is loaded once the server listens
requests: [GET /early, GET /wait, GET /late]
*/
const http = require('node:http');
const express = require('express');

const app = express();
module.exports = app;
app.get('/early', (req, res) => res.send('early'));
app.get('/wait', (req, res) => {
  setTimeout(() => res.send('waited'), 500);
});
const server = http.createServer();
server.on('request', app);
server.listen(process.env.PORT, () => {
  setTimeout(() => require('./late.js'), 300);
});
