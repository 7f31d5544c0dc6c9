/*
adversarial: a parameter named like a member
requests: [GET /u/constructor, 'GET /?get=x&toString=y']
*/
const express = require('express');

const app = express();
app.get('/u/:get', (req, res) => {
  res.send(req.params.get);
});
app.get('/', (req, res) => {
  res.json({ get: req.query.get, text: req.query.toString });
});
app.listen(process.env.PORT);
