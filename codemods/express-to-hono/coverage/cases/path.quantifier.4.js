/*
shape: path with a sign of regular expressions
requests: [GET /ab+cd, GET /abcd, GET /abbcd, GET /acd, GET /plain]
*/
const express = require('express');

const app = express();
app.route('/ab+cd').get((req, res) => {
  res.json({ ab: true });
});
app.get('/plain', (req, res) => {
  res.json({ plain: true });
});
app.listen(process.env.PORT);
