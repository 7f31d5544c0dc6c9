/*
shape: http.createServer(options, app)
requests: [GET /]
*/
const http = require('node:http');
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send(`server ${server.keepAliveTimeout}`);
});
const server = http.createServer({ keepAliveTimeout: 4321 }, app);
server.listen(process.env.PORT);
