/*
shape: http.createServer(app)
requests: [GET /]
*/
const express = require('express');

const app = express();
const http = require('node:http');
app.get('/', (req, res) => {
  res.send('server');
});
const server = http.createServer(app);
server.listen(process.env.PORT);
