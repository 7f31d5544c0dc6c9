/*
shape: regular expression path
requests: [GET /butterfly, GET /fly/x]
*/
const express = require('express');

const app = express();
app.get(/.*fly$/, (req, res) => {
  res.send('fly');
});
app.listen(process.env.PORT);
