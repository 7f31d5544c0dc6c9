/*
member: req.socket
requests: [GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send(String(req.socket.remoteAddress).replace('::ffff:', ''));
});
app.listen(process.env.PORT);
