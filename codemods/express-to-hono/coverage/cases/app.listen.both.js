/*
member: app.listen
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send('listening ' + (server.address().port > 0));
});
const server = app.listen(process.env.PORT, '127.0.0.1', () => {
  server.keepAliveTimeout = 1000;
});
