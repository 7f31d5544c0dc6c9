/*
member: req.app
requests: [GET /]
*/
const express = require('express');

const app = express();
app.set('title', 'T');
app.get('/', (req, res) => {
  res.send(req.app.get('title'));
});
app.listen(process.env.PORT);
