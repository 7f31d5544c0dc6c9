/*
shape: path with a wildcard
requests: [GET /files/a/b, GET /files/, GET /anything]
*/
const express = require('express');

const app = express();
app.get('/files/*', (req, res) => {
  res.send(req.params[0]);
});
app.get('*', (req, res) => {
  res.status(404).send('none');
});
app.listen(process.env.PORT);
