/*
shape: path with a wildcard
requests: [GET /files/a/b, GET /files, GET /anything]
*/
const express = require('express');

const app = express();
app.get('/files/*path', (req, res) => {
  res.json(req.params.path);
});
app.get('/{*rest}', (req, res) => {
  res.status(404).send('none');
});
app.listen(process.env.PORT);
